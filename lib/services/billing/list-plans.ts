import { type BillingMode, billingMode, ENDED } from '@/lib/billing';
import { formatUsd } from '@/lib/kernel/money';
import { type Ctx, hasRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

export interface PlanCard {
  id: string;
  name: string;
  monthlyUsd: string;
  includedCreditUsd: string;
  /** Null: without a limit. */
  rpm: number | null;
  tpm: number | null;
  concurrency: number | null;
  seats: number | null;
  logRetentionDays: number;
  /** Every model, or how many names and patterns are allowed. */
  models: 'all' | number;
  isCurrent: boolean;
  /** Costs more than the present plan. */
  isUpgrade: boolean;
}

export interface PlanChoices {
  mode: BillingMode;
  canChoose: boolean;
  /** A subscription runs, so another paid plan changes it instead of going through Checkout. */
  hasSubscription: boolean;
  /** When the subscription ends by itself, because somebody chose to let it run out. */
  endsAt: string | null;
  cards: PlanCard[];
}

/** The plans an organization can be on, in order. Its own is there even when it is no longer offered. */
export async function listPlans({ ctx }: { ctx: Ctx }): Promise<PlanChoices> {
  return withOrg(ctx.orgId, async (tx) => {
    const org = await tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, include: { plan: true } });
    const plans = await tx.plan.findMany({
      where: { OR: [{ isPublic: true }, { id: org.planId }] },
      orderBy: [{ position: 'asc' }, { monthlyNano: 'asc' }, { id: 'asc' }],
    });
    const running = await tx.subscription.findFirst({
      where: { orgId: ctx.orgId, simulated: billingMode() === 'simulator', status: { notIn: [...ENDED] } },
      orderBy: { createdAt: 'asc' },
    });
    return {
      mode: billingMode(),
      canChoose: hasRight(ctx.role, 'billing:write'),
      hasSubscription: running !== null,
      endsAt: running?.cancelAtPeriodEnd ? (running.currentPeriodEnd?.toISOString() ?? null) : null,
      cards: plans.map((plan) => ({
        id: plan.id,
        name: plan.name,
        monthlyUsd: formatUsd(plan.monthlyNano, 2),
        includedCreditUsd: formatUsd(plan.includedCreditNano, 2),
        rpm: plan.rpm,
        tpm: plan.tpm,
        concurrency: plan.concurrency,
        seats: plan.seats,
        logRetentionDays: plan.logRetentionDays,
        models: plan.allow.includes('*') ? 'all' : plan.allow.length,
        isCurrent: plan.id === org.planId,
        isUpgrade: plan.monthlyNano > org.plan.monthlyNano,
      })),
    };
  });
}
