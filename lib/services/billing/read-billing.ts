import { type BillingMode, billingMode, ENDED } from '@/lib/billing';
import { formatUsd } from '@/lib/kernel/money';
import { type FundClass, readBalance } from '@/lib/ledger';
import { type Ctx, hasRight, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

export interface BillingOverview {
  mode: BillingMode;
  canWrite: boolean;
  plan: { name: string; monthlyUsd: string };
  subscription: { status: string; renewsAt: string | null; endsAtPeriodEnd: boolean; simulated: boolean } | null;
  balance: {
    /** Credit that every model accepts. */
    availableUsd: string;
    heldUsd: string;
    spentUsd: string;
    funds: { fund: FundClass; creditedUsd: string; spentUsd: string; heldUsd: string; availableUsd: string }[];
  };
}

/** What the billing page of an organization says first. */
export async function readBilling({ ctx }: { ctx: Ctx }): Promise<BillingOverview> {
  requireRight(ctx, 'billing:read');
  const mode = billingMode();
  return withOrg(ctx.orgId, async (tx) => {
    const org = await tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, include: { plan: true } });
    const subscription = await tx.subscription.findFirst({
      where: { orgId: ctx.orgId, simulated: mode === 'simulator', status: { notIn: [...ENDED] } },
      orderBy: { createdAt: 'asc' },
    });
    const balance = await readBalance(tx, ctx.orgId);
    return {
      mode,
      canWrite: hasRight(ctx.role, 'billing:write'),
      plan: { name: org.plan.name, monthlyUsd: formatUsd(org.plan.monthlyNano, 2) },
      subscription: subscription && {
        status: subscription.status,
        renewsAt: subscription.currentPeriodEnd?.toISOString() ?? null,
        endsAtPeriodEnd: subscription.cancelAtPeriodEnd,
        simulated: subscription.simulated,
      },
      balance: {
        availableUsd: formatUsd(balance.available),
        heldUsd: formatUsd(balance.held),
        spentUsd: formatUsd(balance.spent),
        funds: balance.funds.map(({ fund, credited, spent, held, available }) => ({
          fund,
          creditedUsd: formatUsd(credited),
          spentUsd: formatUsd(spent),
          heldUsd: formatUsd(held),
          availableUsd: formatUsd(available),
        })),
      },
    };
  });
}
