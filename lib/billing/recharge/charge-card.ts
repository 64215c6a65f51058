import type Stripe from 'stripe';
import { nano } from '@/lib/kernel/money';
import type { Billing } from '../client';
import { CURRENCY, centsFromMoney } from '../convert';
import type { RechargeOutcome } from './settle-recharge';

/** One try to recharge, written down before the card is charged. */
export interface Attempt {
  id: string;
  orgId: string;
  amountNano: bigint;
  taxed: boolean;
  createdAt: Date;
}

/** Stripe remembers an idempotency key for 24 hours at least. A try that is older is looked for before it is repeated. */
export const KEY_LIFE_MS = 20 * 3_600_000;

/** Charges the saved card without the person, once per attempt however often it is called. */
export async function chargeCard(billing: Billing, attempt: Attempt, customer: string, card: string): Promise<RechargeOutcome> {
  const earlier = await findEarlier(billing, attempt, customer);
  if (earlier) return { payment: earlier };
  const payment = await billing.stripe.paymentIntents
    .create(
      {
        amount: centsFromMoney(nano(attempt.amountNano)),
        currency: CURRENCY,
        customer,
        payment_method: card,
        off_session: true,
        confirm: true,
        description: 'Fairlead credit (auto-recharge)',
        metadata: { org_id: attempt.orgId, attempt_id: attempt.id, purpose: 'recharge' },
        expand: ['latest_charge'],
      },
      { idempotencyKey: `recharge:${attempt.id}` },
    )
    .catch((error: unknown) => {
      const refused = (error as { payment_intent?: { id: string } }).payment_intent;
      if (!refused) throw error;
      return billing.stripe.paymentIntents.retrieve(refused.id);
    });
  return { payment };
}

/** What an attempt came to whose key Stripe may have forgotten: its process died, and nobody tried again for most of a day. */
async function findEarlier({ stripe, now }: Billing, attempt: Attempt, customer: string): Promise<Stripe.PaymentIntent | null> {
  if (now() - attempt.createdAt.getTime() < KEY_LIFE_MS) return null;
  const created = { gte: Math.floor(attempt.createdAt.getTime() / 1_000) };
  for await (const payment of stripe.paymentIntents.list({ customer, created, limit: 100 })) if (payment.metadata.attempt_id === attempt.id) return payment;
  return null;
}
