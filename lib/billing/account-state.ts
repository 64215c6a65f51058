import type Stripe from 'stripe';
import { addMoney, nano, ZERO } from '@/lib/kernel/money';
import { limitOverage } from '@/lib/ledger';
import type { Tx } from '@/lib/store';
import { recordBillingAudit } from './billing-audit';
import type { Billing } from './client';
import { ENDED } from './subscription-states';

/**
 * How an organization stands with its payments. `grace`: a payment failed, everything works, nothing new may be owed.
 * `restricted`: grace is over or a dispute is open; credit still works, overage does not. `suspended`: Stripe gave up.
 */
export type AccountState = 'none' | 'trialing' | 'active' | 'grace' | 'restricted' | 'suspended';

const GRACE_MS = 14 * 86_400_000;
/** Money that pays for real models; when together it is less than nothing, nothing more may be owed. */
const REAL = ['paid', 'included', 'promotional'];

/** Works out the state from the subscription that counts, writes it down, and sets what may be owed accordingly. */
export async function updateAccountState(tx: Tx, billing: Billing, orgId: string, subscription: Stripe.Subscription | null): Promise<AccountState> {
  const before = await tx.billingAccount.findUnique({ where: { orgId } });
  const late = subscription?.status === 'past_due';
  const graceUntil = late ? (before?.graceUntil ?? new Date(billing.now() + GRACE_MS)) : null;
  const state = stateOf(subscription?.status ?? null, graceUntil, before?.openDisputes ?? 0, billing.now());
  const invoice = subscription?.latest_invoice;
  const payUrl = late && invoice && typeof invoice !== 'string' && invoice.status === 'open' ? (invoice.hosted_invoice_url ?? null) : null;
  const row = { state, graceUntil, payUrl, syncedAt: new Date() };
  const stateSince = before?.state === state ? before.stateSince : new Date();
  await tx.billingAccount.upsert({ where: { orgId }, create: { orgId, ...row }, update: { ...row, stateSince } });
  if (before && before.state !== state)
    await recordBillingAudit(tx, billing, { orgId, action: 'billing.state', targetType: 'organization', targetId: orgId, before: { state: before.state }, after: { state } });
  await applyOverage(tx, billing, orgId);
  return state;
}

function stateOf(status: Stripe.Subscription.Status | null, graceUntil: Date | null, disputes: number, nowMs: number): AccountState {
  if (status === 'unpaid' || status === 'paused') return 'suspended';
  if (disputes > 0) return 'restricted';
  if (status === 'past_due') return graceUntil && graceUntil.getTime() > nowMs ? 'grace' : 'restricted';
  if (status === 'trialing') return 'trialing';
  return status === 'active' ? 'active' : 'none';
}

/**
 * Lets the organization owe what its plan allows in this period, or nothing more: without a paid subscription, in trouble,
 * or while its credit is negative. During grace the limit stays as it is. Call it after every movement of credit.
 */
export async function applyOverage(tx: Tx, billing: Billing, orgId: string): Promise<void> {
  const account = await tx.billingAccount.findUnique({ where: { orgId } });
  const subscription = await tx.subscription.findFirst({
    where: { orgId, simulated: billing.simulated, status: { notIn: [...ENDED] } },
    orderBy: { createdAt: 'asc' },
  });
  const since = subscription?.currentPeriodStart ?? new Date(0);
  const org = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, include: { plan: true } });
  const negative = await isNegative(tx, orgId);
  if (account?.state === 'grace' && !negative) return;
  // Simulated money never pays for real models, so in the simulator nothing may be owed either.
  const isAllowed = account?.state === 'active' && !billing.simulated && subscription?.meteredItemId != null && !negative;
  await limitOverage(tx, { orgId, since, cap: isAllowed ? nano(org.plan.overageLimitNano) : ZERO });
}

async function isNegative(tx: Tx, orgId: string): Promise<boolean> {
  const accounts = await tx.account.findMany({ where: { orgId, scopeType: 'fund', scopeId: { in: REAL } } });
  return addMoney(...accounts.map(({ limitNano, spentNano }) => limitNano - spentNano)) < 0n;
}

/** Counts disputes that hold money back: while there is one, the account is restricted. */
export async function countOpenDisputes(tx: Tx, orgId: string, change: 1 | -1): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO billing_account (org_id, open_disputes) VALUES (${orgId}, greatest(${change}, 0))
    ON CONFLICT (org_id) DO UPDATE SET open_disputes = greatest(billing_account.open_disputes + ${change}, 0)`;
}
