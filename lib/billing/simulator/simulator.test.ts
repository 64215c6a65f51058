import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContract } from './contract/load-contract';
import { findResponseFaults } from './contract/validate-response';
import { type RunningSimulator, startSimulator } from './start-simulator';

const SECRET = 'whsec_simulator_test';

let received: Stripe.Event[] = [];
let refuseNext = 0;
let hook: Server;
let webhookUrl: string;
let running: RunningSimulator;
let stripe: Stripe;

beforeEach(async () => {
  received = [];
  refuseNext = 0;
  hook = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
    if (refuseNext > 0) {
      refuseNext -= 1;
      response.writeHead(500).end();
      return;
    }
    received.push(stripe.webhooks.constructEvent(body, String(request.headers['stripe-signature']), SECRET));
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  webhookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`;
  await start({});
});

afterEach(async () => {
  await running.close();
  hook.closeAllConnections();
  await new Promise((resolve) => hook.close(resolve));
});

async function start(extra: { stateFile?: string; secretKey?: string }): Promise<void> {
  running = await startSimulator({ port: 0, webhookUrl, webhookSecret: SECRET, controlPlane: true, ...extra });
  stripe = client(running);
}

function client({ apiBase, secretKey }: { apiBase: string; secretKey: string }): Stripe {
  const { hostname, port } = new URL(apiBase);
  return new Stripe(secretKey, { host: hostname, port: Number(port), protocol: 'http', telemetry: false });
}

async function makePlan(amount: number, key: string): Promise<Stripe.Price> {
  const product = await stripe.products.create({ name: `Plan ${key}` });
  return stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: amount, recurring: { interval: 'month' }, lookup_key: key });
}

async function openSession(customer: string, price: string): Promise<Stripe.Checkout.Session> {
  return stripe.checkout.sessions.create({
    mode: 'subscription',
    customer,
    client_reference_id: 'org_1',
    line_items: [{ price, quantity: 1 }],
    success_url: 'http://127.0.0.1:3000/acme/settings/billing?session_id={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://127.0.0.1:3000/acme/upgrade',
    subscription_data: { metadata: { org_id: 'org_1' } },
  });
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 25));
  expect(condition()).toBe(true);
}

describe('the local Stripe', () => {
  it('plays the version of the API that the installed SDK pins', () => {
    expect(Stripe.API_VERSION).toBe(loadContract().info.version);
  });

  it('takes a plan from customer to paid subscription, through its own page, and tells the webhook', async () => {
    const customer = await stripe.customers.create({ name: 'Acme', metadata: { org_id: 'org_1' } });
    const price = await makePlan(2_000, 'pro');
    const session = await openSession(customer.id, price.id);
    const page = await fetch(session.url as string);
    const html = await page.text();
    expect(html).toContain('simulator');
    expect(html).toContain('20.00 USD');
    const paid = await fetch(session.url as string, { method: 'POST', body: new URLSearchParams({ action: 'pay' }), redirect: 'manual' });
    expect(paid.status).toBe(303);
    expect(paid.headers.get('location')).toBe(`http://127.0.0.1:3000/acme/settings/billing?session_id=${session.id}`);

    await until(() => received.some((event) => event.type === 'checkout.session.completed'));
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription', 'line_items'] });
    expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', subscription: { status: 'active', metadata: { org_id: 'org_1' } } });
    const list = await stripe.subscriptions.list({ customer: customer.id, status: 'all', expand: ['data.latest_invoice'] });
    expect(list.data[0]?.latest_invoice).toMatchObject({ status: 'paid', amount_paid: 2_000, billing_reason: 'subscription_create' });
    expect(running.sim.violations).toEqual([]);
  });

  it('shows nothing but a way back when the person cancels', async () => {
    const customer = await stripe.customers.create({ name: 'Acme' });
    const session = await openSession(customer.id, (await makePlan(500, 'small')).id);
    const answer = await fetch(session.url as string, { method: 'POST', body: new URLSearchParams({ action: 'cancel' }), redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('http://127.0.0.1:3000/acme/upgrade');
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  });

  it('refuses what the contract does not know, in the words of Stripe, and remembers it', async () => {
    const attempt = stripe.customers.create({ name: 'Acme', coupon: 'x' } as Stripe.CustomerCreateParams);
    await expect(attempt).rejects.toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError', code: 'parameter_unknown', param: 'coupon' });
    const nested = stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'http://x.example.com',
      line_items: [{ prize: 'x' }],
    } as unknown as Stripe.Checkout.SessionCreateParams);
    await expect(nested).rejects.toMatchObject({ code: 'parameter_unknown', param: 'line_items[0][prize]' });
    expect(running.sim.violations).toHaveLength(2);
  });

  it.each([
    [{ unit_amount: 1.5 }, 'parameter_invalid_integer'],
    [{ recurring: { interval: 'month', aggregate_usage: 'sum' } }, 'parameter_unknown'],
    [{ currency: '' }, 'parameter_invalid_empty'],
    [{ recurring: { interval: 'fortnight' } }, undefined],
  ])('refuses a price with %j', async (change, code) => {
    const base = { currency: 'usd', unit_amount: 100, product_data: { name: 'x' } };
    const attempt = stripe.prices.create({ ...base, ...change } as unknown as Stripe.PriceCreateParams);
    await expect(attempt).rejects.toMatchObject({ statusCode: 400, code });
  });

  it('refuses another key and another version', async () => {
    const wrong = client({ apiBase: running.apiBase, secretKey: 'sk_test_other' });
    await expect(wrong.customers.list()).rejects.toMatchObject({ statusCode: 401 });
    await expect(stripe.customers.list({}, { apiVersion: '2024-06-20' })).rejects.toMatchObject({ statusCode: 400 });
  });

  it('answers a repeated idempotency key with the first answer, and refuses it for other parameters', async () => {
    const first = await stripe.customers.create({ name: 'Acme' }, { idempotencyKey: 'customer:1' });
    const again = await stripe.customers.create({ name: 'Acme' }, { idempotencyKey: 'customer:1' });
    expect(again.id).toBe(first.id);
    await expect(stripe.customers.create({ name: 'Other' }, { idempotencyKey: 'customer:1' })).rejects.toMatchObject({ type: 'StripeIdempotencyError' });
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  it('delivers again until the webhook has answered well', async () => {
    refuseNext = 2;
    await stripe.products.create({ name: 'Retried' });
    await until(() => received.length === 1);
    expect((await stripe.events.list({ delivery_success: false })).data).toHaveLength(0);
  });

  it('keeps account and unsent events through a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    try {
      await running.close();
      await start({ stateFile: join(folder, 'state.json'), secretKey: 'sk_test_kept' });
      running.deliveries.held = true;
      const customer = await stripe.customers.create({ name: 'Acme' });
      const session = await openSession(customer.id, (await makePlan(2_000, 'pro')).id);
      running.actOnCheckout(session.id, 'pay');
      await running.close();
      expect(received).toHaveLength(0);
      await start({ stateFile: join(folder, 'state.json'), secretKey: 'sk_test_kept' });
      await until(() => received.some((event) => event.type === 'checkout.session.completed'));
      expect((await stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('renews, changes, cancels and refunds by its own clock', async () => {
    const customer = await stripe.customers.create({ name: 'Acme' });
    const [pro, enterprise] = [await makePlan(2_000, 'pro'), await makePlan(10_000, 'enterprise')];
    running.actOnCheckout((await openSession(customer.id, pro.id)).id, 'pay');
    const subscription = (await stripe.subscriptions.list({ customer: customer.id })).data[0] as Stripe.Subscription;
    const item = subscription.items.data[0] as Stripe.SubscriptionItem;
    await control('advance', { seconds: String(32 * 86_400) });
    expect((await stripe.invoices.list({ customer: customer.id })).data[0]).toMatchObject({
      billing_reason: 'subscription_cycle',
      status: 'paid',
      amount_paid: 2_000,
    });

    const changed = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: item.id, price: enterprise.id }],
      proration_behavior: 'always_invoice',
    });
    expect(changed.items.data[0]?.price.id).toBe(enterprise.id);
    expect((await stripe.invoices.list({ customer: customer.id })).data[0]).toMatchObject({ billing_reason: 'subscription_update', status: 'paid' });

    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await control('advance', { seconds: String(32 * 86_400) });
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'canceled' });
    const charge = (await stripe.charges.list({ customer: customer.id })).data[0] as Stripe.Charge;
    await stripe.refunds.create({ charge: charge.id, amount: 100 });
    await expect(stripe.refunds.create({ charge: charge.id, amount: charge.amount })).rejects.toMatchObject({ statusCode: 400 });
  });

  it('answers in the shapes of the contract', async () => {
    const customer = await stripe.customers.create({ name: 'Acme' });
    running.actOnCheckout((await openSession(customer.id, (await makePlan(2_000, 'pro')).id)).id, 'pay');
    const charge = (await stripe.charges.list()).data[0] as Stripe.Charge;
    await stripe.refunds.create({ charge: charge.id });
    await control('open-dispute', { charge: charge.id });
    const meter = await stripe.billing.meters.create({ display_name: 'Usage', event_name: 'usage', default_aggregation: { formula: 'sum' } });
    const used = await stripe.billing.meterEvents.create({ event_name: 'usage', payload: { stripe_customer_id: customer.id, value: '5' } });
    const minute = Math.floor(used.timestamp / 60) * 60;
    const summaries = await stripe.billing.meters.listEventSummaries(meter.id, { customer: customer.id, start_time: minute, end_time: minute + 60 });
    expect(summaries.data[0]?.aggregated_value).toBe(5);
    const setup = await stripe.checkout.sessions.create({ mode: 'setup', customer: customer.id, currency: 'usd', success_url: 'http://127.0.0.1/' });
    running.actOnCheckout(setup.id, 'pay');
    const configuration = await stripe.billingPortal.configurations.create({ features: { invoice_history: { enabled: true } } });
    const portal = await stripe.billingPortal.sessions.create({ customer: customer.id, configuration: configuration.id, return_url: 'http://127.0.0.1/' });
    const subscription = (await stripe.subscriptions.list({ customer: customer.id })).data[0];
    const item = subscription?.items.data[0];
    const preview = await stripe.invoices.createPreview({ subscription: subscription?.id ?? '', subscription_details: { items: [{ id: item?.id ?? '', price: (await makePlan(9_000, 'more')).id }], proration_behavior: 'always_invoice' } });
    expect(preview.total).toBe(7_000);
    const { schemas } = loadContract().components;
    const shapes: Record<string, object[]> = {
      Customer: Object.values(running.sim.state.customers),
      Product: Object.values(running.sim.state.products),
      Price: Object.values(running.sim.state.prices),
      Subscription: Object.values(running.sim.state.subscriptions),
      Invoice: Object.values(running.sim.state.invoices),
      PaymentIntent: Object.values(running.sim.state.paymentIntents),
      Charge: Object.values(running.sim.state.charges),
      Refund: Object.values(running.sim.state.refunds),
      Dispute: Object.values(running.sim.state.disputes),
      'Billing.Meter': [meter],
      'Billing.MeterEvent': [used],
      'Billing.MeterEventSummary': summaries.data,
      PaymentMethod: Object.values(running.sim.state.paymentMethods),
      SetupIntent: Object.values(running.sim.state.setupIntents),
      'BillingPortal.Configuration': [configuration],
      'BillingPortal.Session': [portal],
      Event: running.sim.state.events,
      LineItem: Object.values(running.sim.state.sessionLines).flat(),
      'Checkout.Session': running.sim.state.events.filter((event) => event.type === 'checkout.session.completed').map((event) => event.data.object),
    };
    for (const [name, objects] of Object.entries(shapes)) {
      expect(objects.length, name).toBeGreaterThan(0);
      for (const object of objects) expect(findResponseFaults(loadContract(), schemas[name] ?? {}, JSON.parse(JSON.stringify(object)), name)).toEqual([]);
    }
  });
});

async function control(name: string, input: Record<string, string>): Promise<void> {
  const answer = await fetch(`${running.apiBase}/_sim/${name}`, { method: 'POST', body: JSON.stringify(input) });
  expect(answer.status).toBe(200);
}
