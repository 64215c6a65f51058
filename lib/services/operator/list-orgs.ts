import { formatUsd } from '@/lib/kernel/money';
import { REAL_FUNDS } from '@/lib/ledger';
import type { OperatorCtx } from '@/lib/services/context';
import { newestFirst, type Page, type PageQuery, toPage } from '@/lib/services/management/page';
import { asSystem } from '@/lib/store';

export interface OrgJson {
  id: string;
  slug: string;
  name: string;
  plan: string;
  owners: string[];
  members: number;
  available_usd: string;
  suspended: boolean;
  created_at: string;
}

/** Every organization of the installation, newest first. */
export async function listOrgs({ input }: { ctx: OperatorCtx; input: PageQuery }): Promise<Page<OrgJson>> {
  return asSystem(async (tx) => {
    const rows = await tx.organization.findMany({
      ...newestFirst(input),
      include: { memberships: { where: { role: 'owner' }, select: { user: { select: { email: true } } } }, _count: { select: { memberships: true } } },
    });
    const funds = await tx.account.groupBy({
      by: ['orgId'],
      where: { orgId: { in: rows.map(({ id }) => id) }, scopeType: 'fund', scopeId: { in: [...REAL_FUNDS] } },
      _sum: { limitNano: true, spentNano: true, heldNano: true },
    });
    const available = new Map(funds.map(({ orgId, _sum }) => [orgId, (_sum.limitNano ?? 0n) - (_sum.spentNano ?? 0n) - (_sum.heldNano ?? 0n)]));
    return toPage(rows, input.limit, (row) => ({
      id: row.id,
      slug: row.slug,
      name: row.name,
      plan: row.planId,
      owners: row.memberships.map(({ user }) => user.email).sort(),
      members: row._count.memberships,
      available_usd: formatUsd(available.get(row.id) ?? 0n),
      suspended: row.suspendedAt !== null,
      created_at: row.createdAt.toISOString(),
    }));
  });
}
