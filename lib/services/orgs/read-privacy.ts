import type { Ctx } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

export interface Privacy {
  /** How long logs and bodies are kept, by the plan. */
  retentionDays: number;
  /** Calls whose prompts and answers are kept now. */
  kept: number;
}

/** What is kept of an organization's calls, and for how long. */
export async function readPrivacy({ ctx }: { ctx: Ctx }): Promise<Privacy> {
  return withOrg(ctx.orgId, async (tx) => {
    const org = await tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { plan: { select: { logRetentionDays: true } } } });
    const [row] = await tx.$queryRaw<{ kept: bigint }[]>`SELECT count(*) AS kept FROM logs.body WHERE org_id = ${ctx.orgId} AND side = 'request'`;
    return { retentionDays: org.plan.logRetentionDays, kept: Number(row?.kept ?? 0) };
  });
}
