import type { Ctx } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

export interface LogSettings {
  /** How long the plan keeps request rows. */
  retentionDays: number;
  /** Who can give a member another role. */
  owners: string[];
}

/** What every reader of the logs is told, whatever the role. */
export async function readLogSettings({ ctx }: { ctx: Ctx }): Promise<LogSettings> {
  return withOrg(ctx.orgId, async (tx) => {
    const { plan, memberships } = await tx.organization.findUniqueOrThrow({
      where: { id: ctx.orgId },
      select: {
        plan: { select: { logRetentionDays: true } },
        memberships: { where: { role: 'owner' }, select: { user: { select: { name: true, email: true } } } },
      },
    });
    return { retentionDays: plan.logRetentionDays, owners: memberships.map(({ user }) => user.name ?? user.email) };
  });
}
