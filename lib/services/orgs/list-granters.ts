import type { Ctx } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

/** Who can give rights in the organization: the names a page without access points to. */
export async function listGranters({ ctx }: { ctx: Ctx }): Promise<string[]> {
  const rows = await withOrg(ctx.orgId, (tx) =>
    tx.membership.findMany({
      where: { orgId: ctx.orgId, role: { in: ['owner', 'admin'] } },
      include: { user: { select: { name: true, email: true } } },
      orderBy: { createdAt: 'asc' },
      take: 5,
    }),
  );
  return rows.map(({ user }) => user.name ?? user.email);
}
