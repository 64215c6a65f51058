import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { invalidRequest, resourceMissing } from '../stripe-fault';
import { type Charge, getCharge } from './charges';
import { listPage } from './list-page';
import { mergeMetadata } from './merge-metadata';
import { getPaymentIntent } from './payment-intents';

interface RefundParams {
  charge?: string;
  payment_intent?: string;
  amount?: number;
  reason?: 'duplicate' | 'fraudulent' | 'requested_by_customer';
  metadata?: Metadata | '';
}

function buildRefund(sim: Simulator, params: RefundParams, charge: Charge, amount: number) {
  return {
    id: sim.newId('re'),
    object: 'refund' as const,
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: sim.nowS(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    metadata: mergeMetadata({}, params.metadata),
    payment_intent: charge.payment_intent,
    payment_method: null,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded' as 'succeeded' | 'failed',
    transfer_reversal: null,
  };
}

export type Refund = ReturnType<typeof buildRefund>;

export const createRefund: Handler = (sim, rawParams) => {
  const params = rawParams as RefundParams;
  const charge = findTarget(sim, params);
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) throw invalidRequest(`Charge ${charge.id} has already been refunded.`, undefined, 'charge_already_refunded');
  const amount = params.amount ?? left;
  if (amount < 1 || amount > left)
    throw invalidRequest(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, 'amount', 'amount_too_large');
  const refund = buildRefund(sim, params, charge, amount);
  sim.state.refunds[refund.id] = refund;
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  sim.emit('refund.created', refund);
  sim.emit('charge.refunded', charge);
  return refund;
};

function findTarget(sim: Simulator, params: RefundParams): Charge {
  if (params.charge) return getCharge(sim, params.charge);
  if (!params.payment_intent)
    throw invalidRequest('One of the following params should be provided for this request: payment_intent or charge.', undefined, 'parameter_missing');
  const { id, latest_charge: latest } = getPaymentIntent(sim, params.payment_intent, 'payment_intent');
  if (!latest) throw invalidRequest(`This PaymentIntent (${id}) does not have a successful charge to refund.`, 'payment_intent');
  return getCharge(sim, latest);
}

/** The bank of the customer sends a refund back. */
export function failRefund(sim: Simulator, id: string): Refund {
  const refund = sim.state.refunds[id];
  if (!refund) throw resourceMissing('refund', id);
  const charge = getCharge(sim, refund.charge);
  refund.status = 'failed';
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  sim.touch();
  sim.emit('refund.failed', refund);
  return refund;
}

export const retrieveRefund: Handler = (sim, _params, id) => {
  const refund = sim.state.refunds[id];
  if (!refund) throw resourceMissing('refund', id);
  return refund;
};

export const listRefunds: Handler = (sim, params) => {
  const { charge, payment_intent: paymentIntent } = params as RefundParams;
  const found = Object.values(sim.state.refunds).filter(
    (refund) => (!charge || refund.charge === charge) && (!paymentIntent || refund.payment_intent === paymentIntent),
  );
  return listPage(found, params, '/v1/refunds');
};
