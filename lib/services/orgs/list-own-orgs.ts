import { asSystem } from '@/lib/store';

export interface OwnOrg {
  slug: string;
  name: string;
  role: string;
}

/** The organizations a person belongs to, oldest membership first. */
export async function listOwnOrgs(userId: string): Promise<OwnOrg[]> {
  const rows = await asSystem((tx) =>
    tx.membership.findMany({ where: { userId }, include: { org: { select: { slug: true, name: true } } }, orderBy: { createdAt: 'asc' } }),
  );
  return rows.map(({ role, org }) => ({ slug: org.slug, name: org.name, role }));
}

/** Where a person starts: the first of their organizations; an operator who has none, at the operator's pages. */
export async function findHome(userId: string): Promise<string> {
  const [first] = await listOwnOrgs(userId);
  if (first) return `/${first.slug}`;
  const user = await asSystem((tx) => tx.user.findUnique({ where: { id: userId }, select: { isOperator: true } }));
  return user?.isOperator ? '/admin' : '/welcome';
}

/** Names of the organizations that have no member but this person: they would close with the account. */
export async function listLonelyOrgs(userId: string): Promise<string[]> {
  const rows = await asSystem((tx) =>
    tx.organization.findMany({ where: { memberships: { some: { userId }, every: { userId } } }, select: { name: true }, orderBy: { createdAt: 'asc' } }),
  );
  return rows.map(({ name }) => name);
}
