import { z } from 'zod';
import { type Billing, currentBilling, findLiveSubscription, previewMove } from '@/lib/billing';
import { FairleadError } from '@/lib/kernel/errors';
import { formatUsd } from '@/lib/kernel/money';
import { type Ctx, requireRight } from '@/lib/services/context';
import { countSeats } from '@/lib/services/members/member-roles';
import { withOrg } from '@/lib/store';

export const PreviewPlanInput = z.object({ plan: z.string().min(1).max(100) });

/** What a change would do, before anybody confirms it. */
export interface PlanPreview {
  /** `now`: dearer, charged at once. `period_end`: cheaper or free, begins when the paid period is over. */
  when: 'now' | 'period_end';
  /** What is charged now, with what is left of the old plan credited. Null when nothing is. */
  dueNowUsd: string | null;
  /** Pass it on with the confirmation: then exactly this is charged. */
  prorationDate: number | null;
  /** When it begins. */
  from: string | null;
  /** What the organization has more of than the plan allows. Nothing is deleted; new ones are refused. */
  /** What beginning now instead would mean: what is left of the present plan comes off later invoices. Null when it begins now anyway. */
  instead: { creditUsd: string; prorationDate: number | null } | null;
  exceeded: { what: 'members'; have: number; allowed: number }[];
}

/** Previews a change of the running subscription, as Stripe works it out. Null when there is none to change. */
export async function previewPlan({ ctx, input }: { ctx: Ctx; input: z.input<typeof PreviewPlanInput> }): Promise<PlanPreview | null> {
  requireRight(ctx, 'billing:write');
  const { plan: planId } = PreviewPlanInput.parse(input);
  const billing = currentBilling();
  const running = billing && (await findLiveSubscription(billing, ctx.orgId));
  if (!billing || !running) return null;
  const { plan, current, members } = await withOrg(ctx.orgId, async (tx) => ({
    plan: await tx.plan.findUnique({ where: { id: planId } }),
    current: (await tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, include: { plan: true } })).plan,
    // Open invitations take a seat too, as they do when somebody is invited.
    members: (await countSeats(tx, ctx.orgId)).used,
  }));
  if (!plan?.isPublic) throw new FairleadError('not_found', 'There is no such plan.');
  const exceeded: PlanPreview['exceeded'] = plan.seats !== null && members > plan.seats ? [{ what: 'members', have: members, allowed: plan.seats }] : [];
  if (plan.monthlyNano <= current.monthlyNano) {
    const row = await withOrg(ctx.orgId, (tx) => tx.subscription.findUnique({ where: { stripeId: running } }));
    const instead = await previewInstead(billing, running, plan);
    return { when: 'period_end', dueNowUsd: null, prorationDate: null, from: row?.currentPeriodEnd?.toISOString() ?? null, instead, exceeded };
  }
  const preview = await previewMove(billing, running, planId);
  return { when: 'now', dueNowUsd: formatUsd(preview.dueNow, 2), prorationDate: preview.prorationDate, from: null, instead: null, exceeded };
}

/** A free plan takes the subscription's place, and nothing of it is paid back. */
async function previewInstead(billing: Billing, running: string, plan: { id: string; monthlyNano: bigint }): Promise<PlanPreview['instead']> {
  if (plan.monthlyNano <= 0n) return { creditUsd: '0.00', prorationDate: null };
  const { dueNow, prorationDate } = await previewMove(billing, running, plan.id);
  return { creditUsd: formatUsd(dueNow < 0n ? -dueNow : 0n, 2), prorationDate };
}
