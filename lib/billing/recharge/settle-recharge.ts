import type Stripe from 'stripe';
import type { Tx } from '@/lib/store';
import type { Billing } from '../client';
import { centsAsUsd } from '../convert';
import { mailPayers } from '../mail-payers';
import { creditPayment } from '../settle-payment';

/** After these many refusals in a row somebody has to look at the card. */
const GIVE_UP_AFTER = 3;
const COOL_DOWN_MS = 3_600_000;

/** Writes down how a try to recharge ended, once, and credits it when it was paid. Job and webhook both call it. */
export async function settleRecharge(tx: Tx, billing: Billing, attemptId: string, payment: Stripe.PaymentIntent): Promise<string> {
  const attempt = await tx.rechargeAttempt.findUnique({ where: { id: attemptId } });
  if (!attempt) return 'no recharge of ours made this payment';
  if (payment.status === 'succeeded') {
    const note = await creditPayment(tx, billing, { orgId: attempt.orgId, amountNano: attempt.amountNano, purpose: 'recharge' }, payment, payment.amount);
    await tx.rechargeAttempt.update({ where: { id: attempt.id }, data: { status: 'succeeded', paymentIntentId: payment.id, settledAt: new Date() } });
    await tx.autoRecharge.updateMany({ where: { orgId: attempt.orgId }, data: { failures: 0, retryAt: null } });
    // A recharge has no invoice whose payment would tell.
    const facts = { kind: 'receipt', usd: centsAsUsd(payment.amount_received), paidAt: new Date(payment.created * 1_000).toISOString(), number: payment.id } as const;
    await mailPayers(tx, billing, { orgId: attempt.orgId, facts, cause: payment.id });
    return note;
  }
  if (attempt.status !== 'pending') return `the recharge is ${attempt.status}`;
  if (payment.status === 'processing') return 'the payment is under way';
  return refuse(tx, billing, attempt, payment);
}

async function refuse(tx: Tx, billing: Billing, attempt: { id: string; orgId: string }, payment: Stripe.PaymentIntent): Promise<string> {
  const error = payment.last_payment_error;
  const needsPerson = error?.code === 'authentication_required' || payment.status === 'requires_action';
  await tx.rechargeAttempt.update({
    where: { id: attempt.id },
    data: { status: needsPerson ? 'action_required' : 'declined', paymentIntentId: payment.id, error: error?.message ?? payment.status, settledAt: new Date() },
  });
  const settings = await tx.autoRecharge.findUnique({ where: { orgId: attempt.orgId } });
  const failures = (settings?.failures ?? 0) + 1;
  const pausedReason = needsPerson ? 'authentication_required' : failures >= GIVE_UP_AFTER ? 'declined' : null;
  await tx.autoRecharge.updateMany({
    where: { orgId: attempt.orgId },
    data: { failures, retryAt: new Date(billing.now() + COOL_DOWN_MS), ...(pausedReason && { pausedReason }), updatedAt: new Date() },
  });
  if (needsPerson) await mailPayers(tx, billing, { orgId: attempt.orgId, facts: { kind: 'recharge_authentication', usd: centsAsUsd(payment.amount) }, cause: attempt.id });
  return needsPerson ? 'the bank wants the person to confirm; auto-recharge is paused' : 'the card was declined; auto-recharge waits';
}
