import { FairleadError } from '@/lib/kernel/errors';
import { requestDay } from '@/lib/kernel/ids';
import type { OperatorCtx } from '@/lib/services/context';
import { type RequestDetailJson, readRequest } from '@/lib/services/requests/get-request';
import { asSystem } from '@/lib/store';

/** One request of any organization with its attempts. Prompts and answers belong to the organization and are left out. */
export async function getAnyRequest({ input }: { ctx: OperatorCtx; input: { id: string } }): Promise<RequestDetailJson & { organization_id: string }> {
  const day = requestDay(input.id);
  if (day === null) throw new FairleadError('not_found');
  return asSystem(async (tx) => {
    const [row] = await tx.$queryRaw<{ org_id: string }[]>`SELECT org_id FROM logs.request WHERE day = ${day}::date AND id = ${input.id}`;
    if (!row) throw new FairleadError('not_found');
    return { ...(await readRequest(tx, { orgId: row.org_id, id: input.id, withBodies: false })), organization_id: row.org_id };
  });
}
