import { z } from 'zod';
import { BODY_CHOICES, type BodyChoice, bodyChoiceOf, bodyColumnsOf } from '@/lib/kernel/body-choice';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { bumpVersion, withOrg } from '@/lib/store';

export const UpdateOrgInput = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  /** An IANA name: budgets reset and days are cut in this zone. */
  timezone: z.string().refine(isTimezone, 'is not a known time zone').optional(),
  /** What is kept of prompts and answers, from the next call on. */
  bodies: z.enum(BODY_CHOICES).optional(),
});
export type UpdateOrgInput = z.infer<typeof UpdateOrgInput>;

/** Changes an organization's name, time zone or what is kept of its prompts and answers. In force within a second. */
export async function updateOrg({ ctx, input }: { ctx: Ctx; input: UpdateOrgInput }): Promise<{ name: string; timezone: string; bodies: BodyChoice }> {
  requireRight(ctx, 'settings:write');
  const { bodies, ...rest } = parseInput(UpdateOrgInput, input);
  const data = { ...rest, ...(bodies === undefined ? {} : bodyColumnsOf(bodies)) };
  const fields = { name: true, timezone: true, logBodies: true, maskBodies: true } as const;
  return withOrg(ctx.orgId, async (tx) => {
    const before = await tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: fields });
    const after = await tx.organization.update({ where: { id: ctx.orgId }, data, select: fields });
    await recordAudit(tx, ctx, { action: 'org.update', targetType: 'organization', targetId: ctx.orgId, before, after });
    // Callers are kept in memory with their organization's zone and logging choice.
    await bumpVersion(tx, 'keys');
    return { name: after.name, timezone: after.timezone, bodies: bodyChoiceOf(after) };
  });
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null && /^[A-Za-z0-9_+\-/]+$/.test(name);
  } catch {
    return false;
  }
}
