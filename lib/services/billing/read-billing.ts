import { type AccountState, type BillingMode, billingMode, ENDED } from '@/lib/billing';
import { formatUsd } from '@/lib/kernel/money';
import { type Balance, type FundClass, readBalance } from '@/lib/ledger';
import { type Ctx, hasRight, requireRight } from '@/lib/services/context';
import { type Tx, withOrg } from '@/lib/store';

export interface BillingOverview {
  mode: BillingMode;
  canWrite: boolean;
  plan: { name: string; monthlyUsd: string };
  subscription: { status: string; renewsAt: string | null; endsAtPeriodEnd: boolean; simulated: boolean } | null;
  account: { state: AccountState; graceUntil: string | null; payUrl: string | null };
  /** A cheaper plan that begins when the paid period is over. */
  nextPlan: string | null;
  /** What the plan gives, and how much of it is used. */
  quota: { name: 'credit' | 'overage' | 'members' | 'keys'; used: string; limit: string | null; isMoney: boolean }[];
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
    const account = await tx.billingAccount.findUnique({ where: { orgId: ctx.orgId } });
    const next = subscription?.heldPlanId ? await tx.plan.findUnique({ where: { id: subscription.planId } }) : null;
    return {
      mode,
      account: { state: (account?.state ?? 'none') as AccountState, graceUntil: account?.graceUntil?.toISOString() ?? null, payUrl: account?.payUrl ?? null },
      nextPlan: next?.name ?? null,
      quota: await readQuota(tx, org, balance),
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

async function readQuota(tx: Tx, org: { id: string; plan: { seats: number | null } }, balance: Balance): Promise<BillingOverview['quota']> {
  const members = await tx.membership.count({ where: { orgId: org.id } });
  const keys = await tx.apiKey.count({ where: { orgId: org.id, revokedAt: null } });
  const money = (name: 'credit' | 'overage', used: bigint, limit: bigint) => ({ name, used: formatUsd(used, 2), limit: formatUsd(limit, 2), isMoney: true });
  const overage = balance.funds.find(({ fund }) => fund === 'overage');
  return [
    money('credit', balance.spent, balance.spent + balance.held + balance.available),
    ...(overage ? [money('overage', overage.spent, overage.credited)] : []),
    { name: 'members', used: String(members), limit: org.plan.seats === null ? null : String(org.plan.seats), isMoney: false },
    { name: 'keys', used: String(keys), limit: null, isMoney: false },
  ];
}
