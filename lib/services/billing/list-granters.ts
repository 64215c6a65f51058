import type { Ctx } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

/** Who in the organization can give somebody the right to see its billing. */
export async function listGranters({ ctx }: { ctx: Ctx }): Promise<string[]> {
  const members = await withOrg(ctx.orgId, (tx) =>
    tx.membership.findMany({
      where: { orgId: ctx.orgId, role: { in: ['owner', 'admin'] } },
      include: { user: { select: { email: true } } },
      orderBy: { createdAt: 'asc' },
      take: 5,
    }),
  );
  return members.map(({ user }) => user.email);
}
