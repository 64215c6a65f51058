import { FairleadError } from '@/lib/kernel/errors';
import type { OrgId } from '@/lib/kernel/ids';
import { asSystem } from '@/lib/store';

/** The organization of a key that an operator names by its id; null for the operator's own keys. Throws `not_found`. */
export async function findKeyOwner(keyId: string): Promise<OrgId | null> {
  const row = await asSystem((tx) => tx.apiKey.findUnique({ where: { id: keyId }, select: { orgId: true } }));
  if (!row) throw new FairleadError('not_found', `There is no key "${keyId}".`);
  return row.orgId as OrgId | null;
}
