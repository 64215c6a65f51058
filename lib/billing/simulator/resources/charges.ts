import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { resourceMissing } from '../stripe-fault';
import { listPage } from './list-page';

interface ChargeParts {
  amount: number;
  currency: string;
  customer: string | null;
  paymentIntent: string;
  description: string | null;
  metadata: Metadata;
}

/** A payment that went through, with the simulator's one card. */
export function addCharge(sim: Simulator, parts: ChargeParts): Charge {
  const charge = buildCharge(sim, parts);
  sim.state.charges[charge.id] = charge;
  return charge;
}

function buildCharge(sim: Simulator, parts: ChargeParts) {
  const id = sim.newId('ch');
  return {
    id,
    object: 'charge' as const,
    amount: parts.amount,
    amount_captured: parts.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: 'SIMULATOR',
    captured: true,
    created: sim.nowS(),
    currency: parts.currency,
    customer: parts.customer,
    description: parts.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: null,
    livemode: false as const,
    metadata: { ...parts.metadata },
    on_behalf_of: null,
    outcome: null,
    paid: true,
    payment_intent: parts.paymentIntent,
    payment_method: null,
    payment_method_details: null,
    receipt_email: null,
    receipt_number: null,
    receipt_url: sim.documentUrl('receipt', id),
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded' as const,
    transfer_data: null,
    transfer_group: null,
  };
}

export type Charge = ReturnType<typeof buildCharge>;

export const retrieveCharge: Handler = (sim, _params, id) => getCharge(sim, id, 'id');

export const listCharges: Handler = (sim, params) => {
  const { customer, payment_intent: paymentIntent } = params as { customer?: string; payment_intent?: string };
  const found = Object.values(sim.state.charges).filter(
    (charge) => (!customer || charge.customer === customer) && (!paymentIntent || charge.payment_intent === paymentIntent),
  );
  return listPage(found, params, '/v1/charges');
};

export function getCharge(sim: Simulator, id: string, param = 'charge'): Charge {
  const charge = sim.state.charges[id];
  if (!charge) throw resourceMissing('charge', id, param);
  return charge;
}
