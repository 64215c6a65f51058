import { z } from 'zod';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

export const SUPPORT_HOURS = [1, 24, 72, 168] as const;

export const SupportAccessInput = z.object({
  /** For how long from now; 0 ends it. */
  hours: z.union([z.literal(0), ...SUPPORT_HOURS.map((hours) => z.literal(hours))]),
});

/** Until when the operator may read logged prompts and answers; null: not now. */
export async function readSupportAccess({ ctx }: { ctx: Ctx }): Promise<{ until: string | null }> {
  const { supportAccessUntil: until } = await withOrg(ctx.orgId, (tx) => tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { supportAccessUntil: true } }));
  return { until: until !== null && until.getTime() > Date.now() ? until.toISOString() : null };
}

/** Opens the logged prompts and answers to the operator for a time, or closes them at once. */
export async function setSupportAccess({ ctx, input }: { ctx: Ctx; input: z.output<typeof SupportAccessInput> }): Promise<{ until: string | null }> {
  requireRight(ctx, 'settings:write');
  const until = input.hours === 0 ? null : new Date(Date.now() + input.hours * 3_600_000);
  return withOrg(ctx.orgId, async (tx) => {
    const before = await tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { supportAccessUntil: true } });
    await tx.organization.update({ where: { id: ctx.orgId }, data: { supportAccessUntil: until } });
    const shown = (at: Date | null) => ({ until: at?.toISOString() ?? null });
    await recordAudit(tx, ctx, { action: until === null ? 'support.revoke' : 'support.grant', targetType: 'organization', targetId: ctx.orgId, before: shown(before.supportAccessUntil), after: shown(until) });
    return shown(until);
  });
}
