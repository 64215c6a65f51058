import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { invalidRequest, resourceMissing, StripeFault } from '../stripe-fault';
import { addCharge } from './charges';
import { getCustomer } from './customers';
import { listPage } from './list-page';
import { getPaymentMethod } from './payment-methods';

interface PaymentParts {
  amount: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Metadata;
  paymentMethod?: string | null;
}

export type PaymentStatus = 'succeeded' | 'requires_payment_method' | 'requires_action' | 'requires_confirmation' | 'processing' | 'canceled';

/** Takes a payment: a succeeded payment intent with its charge, and both events. */
export function takePayment(sim: Simulator, parts: PaymentParts): PaymentIntent {
  const intent = buildPaymentIntent(sim, parts);
  sim.state.paymentIntents[intent.id] = intent;
  succeed(sim, intent);
  return intent;
}

/** A payment that takes its time, as by bank transfer. */
export function beginPayment(sim: Simulator, parts: PaymentParts): PaymentIntent {
  const intent = buildPaymentIntent(sim, parts);
  sim.state.paymentIntents[intent.id] = Object.assign(intent, { status: 'processing' as const, amount_received: 0 });
  return intent;
}

export function succeed(sim: Simulator, intent: PaymentIntent): void {
  const { amount, currency, customer, description, metadata } = intent;
  const charge = addCharge(sim, { amount, currency, customer, description, metadata, paymentIntent: intent.id });
  Object.assign(intent, { status: 'succeeded', amount_received: amount, latest_charge: charge.id, last_payment_error: null });
  sim.emit('charge.succeeded', charge);
  sim.emit('payment_intent.succeeded', intent);
}

/** A payment that the bank refuses, in the words of Stripe. */
export function decline(sim: Simulator, intent: PaymentIntent, code: string): StripeFault {
  const error = { type: 'card_error', code: code === 'authentication_required' ? code : 'card_declined', decline_code: code, message: DECLINES[code] ?? 'Your card was declined.' };
  Object.assign(intent, { status: 'requires_payment_method', amount_received: 0, last_payment_error: error });
  sim.touch();
  sim.emit('payment_intent.payment_failed', intent);
  return new StripeFault(402, 'card_error', error.message, { code: error.code, decline_code: code, payment_intent: structuredClone(intent) });
}

const DECLINES: Record<string, string> = {
  authentication_required: 'Your card was declined. This transaction requires authentication.',
  insufficient_funds: 'Your card has insufficient funds.',
};

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
    canceled_at: null as number | null,
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
    last_payment_error: null as object | null,
    latest_charge: null as string | null,
    livemode: false as const,
    managed_payments: null,
    metadata: { ...parts.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: parts.paymentMethod ?? null,
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
    status: 'succeeded' as PaymentStatus,
    transfer_group: null,
  };
}

export type PaymentIntent = ReturnType<typeof buildPaymentIntent>;

interface CreateParams {
  amount: number;
  currency: string;
  customer?: string;
  payment_method?: string;
  off_session?: boolean;
  confirm?: boolean;
  description?: string;
  metadata?: Metadata;
}

export const createPaymentIntent: Handler = (sim, rawParams) => {
  const params = rawParams as unknown as CreateParams;
  if (params.amount < 50) throw invalidRequest('Amount must be at least $0.50 usd', 'amount', 'amount_too_small');
  if (params.customer) getCustomer(sim, params.customer);
  if (params.payment_method && getPaymentMethod(sim, params.payment_method).customer !== (params.customer ?? null))
    throw invalidRequest('The provided PaymentMethod does not belong to the customer.', 'payment_method', 'payment_method_unexpected_state');
  if (params.off_session && !params.confirm) throw invalidRequest('`off_session` can only be passed with `confirm=true`.', 'off_session');
  const intent = buildPaymentIntent(sim, {
    amount: params.amount,
    currency: params.currency,
    customer: params.customer ?? null,
    description: params.description ?? null,
    metadata: params.metadata ?? {},
    paymentMethod: params.payment_method ?? null,
  });
  sim.state.paymentIntents[intent.id] = Object.assign(intent, { status: params.payment_method ? 'requires_confirmation' : 'requires_payment_method', amount_received: 0 });
  sim.emit('payment_intent.created', intent);
  return params.confirm ? confirm(sim, intent) : intent;
};

export const confirmPaymentIntent: Handler = (sim, _params, id) => confirm(sim, getPaymentIntent(sim, id));

function confirm(sim: Simulator, intent: PaymentIntent): PaymentIntent {
  if (intent.status === 'succeeded' || intent.status === 'canceled')
    throw invalidRequest(`You cannot confirm this PaymentIntent because it has a status of ${intent.status}.`, undefined, 'payment_intent_unexpected_state');
  if (!intent.payment_method) throw invalidRequest('A payment method is needed to confirm.', 'payment_method', 'parameter_missing');
  const code = sim.takeDecline();
  if (code) throw decline(sim, intent, code);
  succeed(sim, intent);
  return intent;
}

export const cancelPaymentIntent: Handler = (sim, _params, id) => {
  const intent = getPaymentIntent(sim, id);
  if (intent.status === 'succeeded')
    throw invalidRequest('You cannot cancel this PaymentIntent because it has a status of succeeded.', undefined, 'payment_intent_unexpected_state');
  Object.assign(intent, { status: 'canceled', canceled_at: sim.nowS() });
  sim.emit('payment_intent.canceled', intent);
  return intent;
};

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
