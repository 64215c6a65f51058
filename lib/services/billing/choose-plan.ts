import { z } from 'zod';
import {
  type Billing,
  cancelAtPeriodEnd,
  cancelNow,
  changePlan,
  currentBilling,
  findLiveSubscription,
  moveAtPeriodEnd,
  moveSubscription,
  openPlanIntent,
  startCheckout,
} from '@/lib/billing';
import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { requireBilling } from './require-billing';

export const ChoosePlanInput = z.object({
  plan: z.string().min(1).max(100),
  /** The origin the person's browser is on; it comes back there. */
  origin: z.url(),
  /** From the preview that was confirmed: exactly its amount is charged. */
  prorationDate: z.number().int().positive().optional(),
  /** When a cheaper plan begins. Now: the unused rest of the present one is credited to later invoices, or lost on a free plan. */
  when: z.enum(['now', 'period_end']).default('period_end'),
});

/** Where it leads: to Checkout, or the plan is changed (at once, or when the paid period ends). */
export type PlanChoice = { kind: 'checkout'; url: string } | { kind: 'changed' } | { kind: 'ends-later' };

/**
 * Puts the organization on another plan. The first paid plan goes through Checkout, another paid plan changes the running
 * subscription, and a plan without a price lets it run out.
 */
export async function choosePlan({ ctx, input }: { ctx: Ctx; input: z.input<typeof ChoosePlanInput> }): Promise<PlanChoice> {
  requireRight(ctx, 'billing:write');
  const { plan: planId, origin, prorationDate, when } = ChoosePlanInput.parse(input);
  const { plan, org } = await withOrg(ctx.orgId, async (tx) => ({
    plan: await tx.plan.findUnique({ where: { id: planId } }),
    org: await tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, include: { plan: true } }),
  }));
  if (!plan?.isPublic) throw new FairleadError('not_found', 'There is no such plan.');
  const billing = currentBilling();
  const running = billing && (await findLiveSubscription(billing, ctx.orgId));
  if (org.planId === planId && !running) return { kind: 'changed' };
  if (plan.monthlyNano <= 0n) return chooseFree(ctx, billing, running, org, planId, when);
  if (!running) return checkOut(ctx, requireBilling(), planId, origin);
  // Dearer at once, cheaper when the paid period is over unless somebody asks for it now: nobody loses what was paid for.
  if (plan.monthlyNano < org.plan.monthlyNano && when === 'period_end') return moveLater(ctx, requireBilling(), running, org.planId, planId);
  return move(ctx, requireBilling(), running, { from: org.planId, to: planId, prorationDate });
}

async function chooseFree(ctx: Ctx, billing: Billing | null, running: string | null, org: { id: string; planId: string }, planId: string, when: 'now' | 'period_end'): Promise<PlanChoice> {
  if (running && billing && when === 'now') {
    await cancelNow(billing, running);
    await audit(ctx, 'plan.cancel', { plan: org.planId }, { plan: planId, at: 'now' });
    return { kind: 'changed' };
  }
  if (running && billing) {
    await cancelAtPeriodEnd(billing, running, true);
    await audit(ctx, 'plan.cancel', { plan: org.planId }, { plan: planId, at: 'period_end' });
    return { kind: 'ends-later' };
  }
  await withOrg(ctx.orgId, async (tx) => {
    await changePlan(tx, { simulated: false }, org, planId);
    await recordAudit(tx, ctx, {
      action: 'plan.choose',
      targetType: 'organization',
      targetId: ctx.orgId,
      before: { plan: org.planId },
      after: { plan: planId },
    });
  });
  return { kind: 'changed' };
}

async function moveLater(ctx: Ctx, billing: Billing, running: string, from: string, to: string): Promise<PlanChoice> {
  await moveAtPeriodEnd(billing, running, from, to);
  await audit(ctx, 'plan.choose', { plan: from }, { plan: to, at: 'period_end' });
  return { kind: 'ends-later' };
}

async function move(ctx: Ctx, billing: Billing, running: string, change: { from: string; to: string; prorationDate: number | undefined }): Promise<PlanChoice> {
  await moveSubscription(billing, running, change.to, change.prorationDate);
  await audit(ctx, 'plan.choose', { plan: change.from }, { plan: change.to });
  return { kind: 'changed' };
}

async function checkOut(ctx: Ctx, billing: Billing, planId: string, origin: string): Promise<PlanChoice> {
  const intent = await withOrg(ctx.orgId, async (tx) => {
    const opened = await openPlanIntent(tx, { orgId: ctx.orgId, simulated: billing.simulated, createdById: 'id' in ctx.actor ? ctx.actor.id : null }, planId);
    if (opened.isNew) await recordAudit(tx, ctx, { action: 'checkout.start', targetType: 'plan', targetId: planId });
    return opened;
  });
  return { kind: 'checkout', url: await startCheckout(billing, intent, origin) };
}

async function audit(ctx: Ctx, action: string, before: object, after: object): Promise<void> {
  await withOrg(ctx.orgId, (tx) => recordAudit(tx, ctx, { action, targetType: 'organization', targetId: ctx.orgId, before, after }));
}
