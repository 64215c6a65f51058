import type { Handler, Simulator } from '../simulator';
import { invalidRequest, resourceMissing } from '../stripe-fault';
import { listPage } from './list-page';
import { mergeMetadata } from './merge-metadata';
import type { Price } from './prices';
import { checkParams, MAX_LIFE_S, readLine, type SessionMode, type SessionParams } from './session-params';

export const createSession: Handler = (sim, rawParams) => {
  const params = rawParams as unknown as SessionParams;
  const mode = checkParams(sim, params);
  const lines = (params.line_items ?? []).map((line, index) => readLine(sim, mode, line, index));
  const currencies = new Set(lines.map((line) => line.price.currency));
  if (currencies.size > 1) throw invalidRequest('All line items must have the same currency.', 'line_items');
  const session = buildSession(sim, params, mode, lines);
  sim.state.sessions[session.id] = session;
  sim.state.sessionLines[session.id] = lines.map((line) => buildLineItem(sim, line.price, line.quantity));
  return publicSession(session);
};

function buildSession(sim: Simulator, params: SessionParams, mode: SessionMode, lines: { price: Price; quantity: number | null }[]) {
  const id = sim.newId('cs_test');
  const now = sim.nowS();
  const trial = params.subscription_data?.trial_period_days ?? 0;
  const amount = trial > 0 ? 0 : lines.reduce((sum, line) => sum + (line.price.unit_amount ?? 0) * (line.quantity ?? 0), 0);
  const tax = params.automatic_tax?.enabled ? Math.round((amount * sim.state.taxPercent) / 100) : 0;
  const successUrl = params.success_url ?? '';
  return {
    id,
    object: 'checkout.session' as const,
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    amount_subtotal: amount,
    amount_total: amount + tax,
    automatic_tax: { enabled: params.automatic_tax?.enabled ?? false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency: lines[0]?.price.currency ?? params.currency ?? 'usd',
    currency_conversion: null,
    custom_fields: [] as never[],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: params.customer ?? null,
    customer_account: null,
    customer_creation: null,
    customer_details: null,
    customer_email: params.customer_email ?? null,
    discounts: null,
    expires_at: params.expires_at ?? now + MAX_LIFE_S,
    integration_identifier: null,
    invoice: null as string | null,
    invoice_creation: null,
    livemode: false as const,
    locale: null,
    managed_payments: null,
    metadata: mergeMetadata({}, params.metadata),
    mode,
    origin_context: null,
    payment_intent: null as string | null,
    payment_link: null,
    payment_method_collection: mode === 'subscription' ? (params.payment_method_collection ?? ('always' as const)) : null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_status: (mode === 'setup' || amount + tax === 0 ? 'no_payment_required' : 'unpaid') as 'unpaid' | 'paid' | 'no_payment_required',
    permissions: null,
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null as string | null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [] as never[],
    status: 'open' as 'open' | 'complete' | 'expired',
    submit_type: null,
    subscription: null as string | null,
    success_url: successUrl,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: tax },
    ui_mode: 'hosted_page' as const,
    url: sim.checkoutUrl(id, successUrl) as string | null,
    wallet_options: null,
    /** Not part of the wire format: what the payment will carry, kept until it is made. */
    pendingMetadata: { subscription: params.subscription_data, payment: params.payment_intent_data, setup: params.setup_intent_data }[mode]?.metadata ?? {},
    trialDays: trial,
    missingCard: params.subscription_data?.trial_settings?.end_behavior?.missing_payment_method ?? ('create_invoice' as const),
    savesCard: mode === 'setup' || mode === 'subscription' || params.payment_intent_data?.setup_future_usage === 'off_session',
    wantsInvoice: params.invoice_creation?.enabled ?? false,
  };
}

export type CheckoutSession = ReturnType<typeof buildSession>;

function buildLineItem(sim: Simulator, price: Price, quantity: number | null) {
  const amount = (price.unit_amount ?? 0) * (quantity ?? 0);
  return {
    id: sim.newId('li'),
    object: 'item' as const,
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: sim.state.products[price.product]?.name ?? null,
    metadata: null,
    price,
    quantity,
  };
}

export type LineItem = ReturnType<typeof buildLineItem>;

export const retrieveSession: Handler = (sim, _params, id) => publicSession(getSession(sim, id));

export const listSessions: Handler = (sim, params) => {
  const {
    customer,
    status,
    subscription,
    payment_intent: paymentIntent,
  } = params as { customer?: string; status?: string; subscription?: string; payment_intent?: string };
  const found = Object.values(sim.state.sessions).filter(
    (session) =>
      (!customer || session.customer === customer) &&
      (!status || session.status === status) &&
      (!subscription || session.subscription === subscription) &&
      (!paymentIntent || session.payment_intent === paymentIntent),
  );
  const page = listPage(found, params, '/v1/checkout/sessions');
  return { ...page, data: page.data.map(publicSession) };
};

export const listSessionLines: Handler = (sim, params, id) =>
  listPage([...(sim.state.sessionLines[getSession(sim, id).id] ?? [])], params, `/v1/checkout/sessions/${id}/line_items`);

export function publicSession({ pendingMetadata: _m, wantsInvoice: _w, trialDays: _t, missingCard: _c, savesCard: _s, ...session }: CheckoutSession): object {
  return session;
}

export function getSession(sim: Simulator, id: string): CheckoutSession {
  const session = sim.state.sessions[id];
  if (!session) throw resourceMissing('checkout.session', id, 'session');
  return session;
}
