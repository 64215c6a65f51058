import { nano } from '@/lib/kernel/money';
import { clawBackCredit, type FundClass, grantCredit } from '@/lib/ledger';
import type { Tx } from '@/lib/store';
import { applyOverage, countOpenDisputes } from './account-state';
import { raiseAlert } from './alerts';
import { type Billing, idOf } from './client';
import { lockCustomer } from './lock-customer';
import { listRefunds } from './settle-refunds';
import { syncCustomer } from './sync-customer';

/** The bank has taken the money: until it decides, and for good when it decides against us. */
const TAKEN = new Set(['needs_response', 'under_review', 'lost', 'appeal_needs_response', 'appeal_under_review']);
const OPEN = new Set(['needs_response', 'under_review', 'appeal_needs_response', 'appeal_under_review']);

/**
 * Makes the credit of a disputed payment say what the dispute says now: taken once while it is open or lost, given back
 * once when it is won. An inquiry moves nothing. While one is open the account is restricted and nothing is recharged.
 */
export async function settleDispute(tx: Tx, billing: Billing, disputeId: string): Promise<string> {
  const dispute = await billing.stripe.disputes.retrieve(disputeId);
  const paymentId = idOf(dispute.payment_intent);
  const payment = paymentId ? await tx.stripePayment.findUnique({ where: { id: paymentId } }) : null;
  if (!payment) return 'the payment bought no credit of ours';
  const { orgId } = payment;
  const org = await tx.organization.findUniqueOrThrow({ where: { id: orgId } });
  if (org.stripeCustomerId) await lockCustomer(tx, org.stripeCustomerId);
  const source = { orgId, fund: payment.fund as FundClass, sourceId: dispute.id };
  const held = await tx.ledgerEntry.findFirst({ where: { sourceType: 'stripe_dispute', sourceId: dispute.id, leg: 0 } });
  const released = await tx.ledgerEntry.findFirst({ where: { sourceType: 'stripe_dispute_release', sourceId: dispute.id, leg: 0 } });
  let note = `the dispute is ${dispute.status}`;
  if (TAKEN.has(dispute.status) && !held) {
    const amount = nano(payment.creditNano - (await alreadyRefunded(tx, payment.id, billing)));
    if (amount > 0n) await clawBackCredit(tx, { ...source, amount, kind: 'clawback', sourceType: 'stripe_dispute', memo: 'Disputed payment' });
    note += '; its credit was taken back';
  }
  if (dispute.status === 'won' && held && !released) {
    await grantCredit(tx, { ...source, amount: nano(held.amountNano), kind: 'adjustment', sourceType: 'stripe_dispute_release', memo: 'Dispute won' });
    note += '; its credit was given back';
  }
  await markDispute(tx, billing, { payment, disputeId: dispute.id, isOpen: OPEN.has(dispute.status) });
  if (org.stripeCustomerId) await syncCustomer(tx, billing, org.stripeCustomerId);
  else await applyOverage(tx, billing, orgId);
  return note;
}

async function alreadyRefunded(tx: Tx, paymentId: string, billing: Billing): Promise<bigint> {
  const ids = (await listRefunds(billing, paymentId)).filter(({ status }) => status === 'succeeded').map(({ id }) => id);
  const rows = await tx.ledgerEntry.findMany({ where: { sourceType: 'stripe_refund', sourceId: { in: ids } } });
  return rows.reduce((sum, { amountNano }) => sum + amountNano, 0n);
}

async function markDispute(
  tx: Tx,
  billing: Billing,
  { payment, disputeId, isOpen }: { payment: { id: string; orgId: string; disputed: boolean }; disputeId: string; isOpen: boolean },
): Promise<void> {
  const { orgId } = payment;
  if (isOpen !== payment.disputed) {
    await tx.stripePayment.update({ where: { id: payment.id }, data: { disputed: isOpen } });
    await countOpenDisputes(tx, orgId, isOpen ? 1 : -1);
  }
  if (!isOpen) {
    await tx.billingAlert.updateMany({ where: { kind: 'dispute', targetId: disputeId }, data: { resolvedAt: new Date() } });
    return;
  }
  await raiseAlert(tx, { kind: 'dispute', orgId, targetId: disputeId, detail: `a payment is disputed at ${billing.simulated ? 'the simulator' : 'Stripe'}` });
  await tx.autoRecharge.updateMany({ where: { orgId, pausedReason: null }, data: { pausedReason: 'dispute', updatedAt: new Date() } });
}
