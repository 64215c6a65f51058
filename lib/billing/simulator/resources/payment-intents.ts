import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { resourceMissing } from '../stripe-fault';
import { addCharge } from './charges';
import { listPage } from './list-page';

interface PaymentParts {
  amount: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Metadata;
}

/** Takes a payment: a succeeded payment intent with its charge, and both events. */
export function takePayment(sim: Simulator, parts: PaymentParts): PaymentIntent {
  const intent = buildPaymentIntent(sim, parts);
  const charge = addCharge(sim, { ...parts, paymentIntent: intent.id });
  intent.latest_charge = charge.id;
  sim.state.paymentIntents[intent.id] = intent;
  sim.emit('charge.succeeded', charge);
  sim.emit('payment_intent.succeeded', intent);
  return intent;
}

function buildPaymentIntent(sim: Simulator, parts: PaymentParts) {
  const id = sim.newId('pi');
  return {
    id,
    object: 'payment_intent' as const,
    allowed_payment_method_types: null,
    amount: parts.amount,
    amount_capturable: 0,
    amount_received: parts.amount,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic' as const,
    client_secret: `${id}_secret_sim`,
    confirmation_method: 'automatic' as const,
    created: sim.nowS(),
    currency: parts.currency,
    customer: parts.customer,
    customer_account: null,
    description: parts.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null as string | null,
    livemode: false as const,
    managed_payments: null,
    metadata: { ...parts.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded' as const,
    transfer_group: null,
  };
}

export type PaymentIntent = ReturnType<typeof buildPaymentIntent>;

export const retrievePaymentIntent: Handler = (sim, _params, id) => getPaymentIntent(sim, id);

export const listPaymentIntents: Handler = (sim, params) => {
  const { customer } = params as { customer?: string };
  const found = Object.values(sim.state.paymentIntents).filter((intent) => !customer || intent.customer === customer);
  return listPage(found, params, '/v1/payment_intents');
};

export function getPaymentIntent(sim: Simulator, id: string, param = 'intent'): PaymentIntent {
  const intent = sim.state.paymentIntents[id];
  if (!intent) throw resourceMissing('payment_intent', id, param);
  return intent;
}
