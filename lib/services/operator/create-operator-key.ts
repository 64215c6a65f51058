import { z } from 'zod';
import { generateKey } from '@/lib/auth/api-key';
import { newId } from '@/lib/kernel/ids';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem, bumpVersion } from '@/lib/store';

export const CreateOperatorKeySchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});

export interface OperatorKey {
  id: string;
  /** Shown once, never stored. */
  key: string;
  name: string;
  kind: 'management';
  prefix: string;
  last4: string;
  expires_at: string | null;
}

/** A management key of the installation itself: it sees and changes what belongs to no organization. */
export async function createOperatorKey({ ctx, input }: { ctx: OperatorCtx; input: z.input<typeof CreateOperatorKeySchema> }): Promise<OperatorKey> {
  const { name, expiresAt } = CreateOperatorKeySchema.parse(input);
  const { key, hash, prefix, last4 } = generateKey('management');
  const id = newId('key');
  await asSystem(async (tx) => {
    await tx.apiKey.create({ data: { id, orgId: null, name, kind: 'management', hash, prefix, last4, createdById: ctx.actor.type === 'user' ? ctx.actor.id : null, expiresAt: expiresAt ? new Date(expiresAt) : null } });
    await recordAudit(tx, ctx, { action: 'key.create', targetType: 'key', targetId: id, after: { name, kind: 'management', last4, operator: true } });
    await bumpVersion(tx, 'keys');
  });
  return { id, key, name, kind: 'management', prefix, last4, expires_at: expiresAt ?? null };
}
