import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

export const ListenInput = z.object({ key_id: z.string().max(100), since_ms: z.coerce.number().int().nonnegative() });
export type ListenInput = z.infer<typeof ListenInput>;

/** One call that was made with a key, or with something that nearly is it. */
export interface ContactJson {
  at: number;
  key_id: string | null;
  method: string;
  path: string;
  status: number;
  code: string | null;
  message: string | null;
  model: string | null;
  client: string | null;
  request_id: string;
}

/** The key whose calls the page waits for. Another organization's key and a missing one are both `not_found`. */
export async function getListenedKey({ ctx, input }: { ctx: Ctx; input: ListenInput }): Promise<{ id: string; last4: string }> {
  requireRight(ctx, 'keys:read');
  const key = await withOrg(ctx.orgId, (tx) => tx.apiKey.findFirst({ where: { id: input.key_id, orgId: ctx.orgId }, select: { id: true, last4: true } }));
  if (!key) throw new FairleadError('not_found');
  return key;
}
