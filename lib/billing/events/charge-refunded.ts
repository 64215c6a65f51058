import { clawBackCredit, type FundClass } from '@/lib/ledger';
import { idOf } from '../client';
import { centsFromMoney, moneyFromCents } from '../convert';
import type { EventHandler } from '../process-events';

/** Takes back the credit of a refunded top-up, once per refund. A refunded subscription payment has no credit of its own. */
export const chargeRefunded: EventHandler = async ({ tx, billing, event }) => {
  if (!event.objectId) return 'the event names no charge';
  const charge = await billing.stripe.charges.retrieve(event.objectId);
  const paymentId = idOf(charge.payment_intent);
  const grant = paymentId ? await tx.ledgerEntry.findFirst({ where: { sourceType: 'stripe_payment', sourceId: paymentId, leg: 0 } }) : null;
  if (!grant) return 'the charge was no top-up of ours';
  let taken = 0;
  for (const refund of (await billing.stripe.refunds.list({ charge: charge.id, limit: 100 })).data) {
    if (refund.status !== 'succeeded') continue;
    // Tax is refunded too but was never credited, so no more than the credit itself goes back.
    const amount = moneyFromCents(Math.min(refund.amount, centsFromMoney(grant.amountNano)));
    const result = await clawBackCredit(tx, {
      orgId: grant.orgId,
      fund: grant.fund as FundClass,
      amount,
      kind: 'refund',
      sourceType: 'stripe_refund',
      sourceId: refund.id,
      memo: 'Refund of a top-up',
    });
    if (result.taken) taken += 1;
  }
  return `${taken} refunds were taken from the balance`;
};
