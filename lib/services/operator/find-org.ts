import { FairleadError } from '@/lib/kernel/errors';
import type { OrgId } from '@/lib/kernel/ids';
import { asSystem } from '@/lib/store';

/** The organization that an operator names by slug or id. Throws `not_found`. */
export async function findOrg(slugOrId: string): Promise<{ id: OrgId; slug: string; name: string; planId: string }> {
  const org = await asSystem((tx) => tx.organization.findFirst({ where: { OR: [{ slug: slugOrId }, { id: slugOrId }] }, select: { id: true, slug: true, name: true, planId: true } }));
  if (!org) throw new FairleadError('not_found', `There is no organization "${slugOrId}".`);
  return { ...org, id: org.id as OrgId };
}
