import type { Ctx } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

export interface LogSettings {
  /** How long the plan keeps request rows. */
  retentionDays: number;
  /** Who can give a member another role. */
  owners: string[];
  /** Whether the organization ever called anything. */
  used: boolean;
  /** What keys and providers are called, by id. */
  names: Record<string, string>;
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
    const [row] = await tx.$queryRaw<{ used: boolean; names: Record<string, string> | null }[]>`
      SELECT EXISTS (SELECT FROM usage_rollup WHERE org_id = ${ctx.orgId}) AS used,
        (SELECT jsonb_object_agg(id, name) FROM (SELECT id, name FROM (SELECT id, name FROM api_key WHERE org_id = ${ctx.orgId} ORDER BY id DESC LIMIT 500) k UNION ALL SELECT id, label FROM provider WHERE label IS NOT NULL) n) AS names`;
    return {
      retentionDays: plan.logRetentionDays,
      owners: memberships.map(({ user }) => user.name ?? user.email),
      used: row?.used ?? false,
      names: row?.names ?? {},
    };
  });
}
