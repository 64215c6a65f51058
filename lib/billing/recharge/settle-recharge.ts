import type Stripe from 'stripe';
import type { Tx } from '@/lib/store';
import type { Billing } from '../client';
import { centsAsUsd } from '../convert';
import { mailPayers } from '../mail-payers';
import { creditPayment } from '../settle-payment';

/** After these many refusals in a row somebody has to look at the card. */
const GIVE_UP_AFTER = 3;
const COOL_DOWN_MS = 3_600_000;

/** What charging came to. `invoice`: it was charged by one. `refusal`: no payment was even tried. */
export type RechargeOutcome =
  | { payment: Stripe.PaymentIntent; invoice?: { beforeTaxCents: number; url: string | null } }
  | { payment: null; refusal: 'declined' | 'tax_address' };

/** Writes down how a try to recharge ended, once, and credits it when it was paid. Job and webhook both call it. */
export async function settleRecharge(tx: Tx, billing: Billing, attemptId: string, outcome: RechargeOutcome): Promise<string> {
  const attempt = await tx.rechargeAttempt.findUnique({ where: { id: attemptId } });
  if (!attempt) return 'no recharge of ours made this payment';
  if (outcome.payment !== null && outcome.payment.status === 'succeeded') return bookRecharge(tx, billing, attempt, outcome.payment, outcome.invoice ?? null);
  if (attempt.status !== 'pending') return `the recharge is ${attempt.status}`;
  if (outcome.payment === null) return refuseUntried(tx, billing, attempt, outcome.refusal);
  if (outcome.payment.status === 'processing') return 'the payment is under way';
  return refuse(tx, billing, attempt, outcome.payment, outcome.invoice?.url ?? null);
}

interface Paid {
  id: string;
  status: string;
  orgId: string;
  amountNano: bigint;
}

async function bookRecharge(
  tx: Tx,
  billing: Billing,
  attempt: Paid,
  payment: Stripe.PaymentIntent,
  invoice: { beforeTaxCents: number } | null,
): Promise<string> {
  const purchase = { orgId: attempt.orgId, amountNano: attempt.amountNano, purpose: 'recharge' } as const;
  const note = await creditPayment(tx, billing, purchase, payment, invoice?.beforeTaxCents ?? payment.amount);
  await tx.rechargeAttempt.update({ where: { id: attempt.id }, data: { status: 'succeeded', paymentIntentId: payment.id, settledAt: new Date() } });
  await tx.autoRecharge.updateMany({ where: { orgId: attempt.orgId }, data: { failures: 0, retryAt: null } });
  // The person confirmed what the bank asked for.
  if (attempt.status === 'action_required') await tx.autoRecharge.updateMany({ where: { orgId: attempt.orgId, pausedReason: 'authentication_required' }, data: { pausedReason: null } });
  if (!invoice) await mailReceipt(tx, billing, attempt.orgId, payment);
  return note;
}

/** A payment without an invoice has nothing else that would tell of it. */
async function mailReceipt(tx: Tx, billing: Billing, orgId: string, payment: Stripe.PaymentIntent): Promise<void> {
  const facts = {
    kind: 'receipt',
    usd: centsAsUsd(payment.amount_received),
    paidAt: new Date(payment.created * 1_000).toISOString(),
    number: payment.id,
  } as const;
  await mailPayers(tx, billing, { orgId, facts, cause: payment.id });
}

interface Refused {
  id: string;
  orgId: string;
}

async function refuse(tx: Tx, billing: Billing, attempt: Refused, payment: Stripe.PaymentIntent, url: string | null): Promise<string> {
  const error = payment.last_payment_error;
  const needsPerson = error?.code === 'authentication_required' || payment.status === 'requires_action';
  await tx.rechargeAttempt.update({
    where: { id: attempt.id },
    data: { status: needsPerson ? 'action_required' : 'declined', paymentIntentId: payment.id, error: error?.message ?? payment.status, settledAt: new Date() },
  });
  await slowDown(tx, billing, attempt.orgId, needsPerson ? 'authentication_required' : null);
  if (needsPerson) {
    const facts = { kind: url ? 'recharge_invoice' : 'recharge_authentication', usd: centsAsUsd(payment.amount) } as const;
    await mailPayers(tx, billing, { orgId: attempt.orgId, facts, cause: attempt.id, url });
  }
  return needsPerson ? 'the bank wants the person to confirm; auto-recharge is paused' : 'the card was declined; auto-recharge waits';
}

async function refuseUntried(tx: Tx, billing: Billing, attempt: Refused, refusal: 'declined' | 'tax_address'): Promise<string> {
  await tx.rechargeAttempt.update({
    where: { id: attempt.id },
    data: { status: 'declined', error: refusal === 'declined' ? refusal : 'no address to work out the tax for', settledAt: new Date() },
  });
  await slowDown(tx, billing, attempt.orgId, refusal === 'tax_address' ? refusal : null);
  return `nothing was charged: ${refusal}`;
}

/** No try for an hour; none at all where a person has to do something first. */
async function slowDown(tx: Tx, billing: Billing, orgId: string, reason: string | null): Promise<void> {
  const settings = await tx.autoRecharge.findUnique({ where: { orgId } });
  const failures = (settings?.failures ?? 0) + 1;
  const pausedReason = reason ?? (failures >= GIVE_UP_AFTER ? 'declined' : null);
  await tx.autoRecharge.updateMany({
    where: { orgId },
    data: { failures, retryAt: new Date(billing.now() + COOL_DOWN_MS), ...(pausedReason && { pausedReason }), updatedAt: new Date() },
  });
}
