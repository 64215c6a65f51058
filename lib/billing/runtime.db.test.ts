import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { completeEnv } from '@/lib/env';
import { withOrg } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { openPlanIntent } from './open-intent';
import { startBillingRuntime, stopBillingRuntime } from './runtime';
import { billingMode, billingRuntime, currentBilling } from './runtime-slot';
import { startCheckout } from './start-checkout';
import { seedOrg, seedPlans } from './test-billing';
import { receiveWebhook } from './webhook';

const db = await createTestDatabase();
const dataDir = mkdtempSync(join(tmpdir(), 'fairlead-billing-'));
let product: Server;
let org: { id: string; slug: string };

beforeAll(async () => {
  // Stands where the product listens: the webhook's route over a real socket.
  product = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
    const { status } = await receiveWebhook(currentBilling(), body, request.headers['stripe-signature'] as string);
    if (status === 200) billingRuntime()?.wake();
    response.writeHead(request.url === '/api/stripe/webhook' ? status : 404).end();
  });
  await new Promise<void>((resolve) => product.listen(0, '127.0.0.1', resolve));
  await seedPlans();
  org = await seedOrg();
});
afterEach(() => stopBillingRuntime());
afterAll(async () => {
  vi.unstubAllEnvs();
  product.closeAllConnections();
  await new Promise((resolve) => product.close(resolve));
  rmSync(dataDir, { recursive: true });
});

function startAs(mode: 'simulator' | 'off') {
  vi.stubEnv('STRIPE_MODE', mode);
  vi.stubEnv('DATA_DIR', dataDir);
  vi.stubEnv('HOST', '127.0.0.1');
  completeEnv({ port: (product.address() as AddressInfo).port });
  return startBillingRuntime();
}

const planOf = async (): Promise<string | undefined> =>
  (await db.query<{ plan_id: string }>('SELECT plan_id FROM organization WHERE id = $1', [org.id]))[0]?.plan_id;

describe('billing in the product', () => {
  it('plays a whole purchase in the simulator, keeps it through a restart, and drops it where there is no simulator', async () => {
    const first = await startAs('simulator');
    expect(await startBillingRuntime()).toBe(first);
    expect(billingMode()).toBe('simulator');
    const billing = currentBilling();
    if (!billing) throw new Error('billing is off');
    const intent = await withOrg(org.id, (tx) => openPlanIntent(tx, { orgId: org.id, simulated: true, createdById: null }, 'pro'));
    const url = await startCheckout(billing, intent, 'http://localhost:3000');
    expect(url).toMatch(/^http:\/\/localhost:3000\/simulator\/checkout\/cs_test_/);
    first.simulator?.actOnCheckout(url.split('/').at(-1) ?? '', 'pay');
    await vi.waitFor(async () => expect(await planOf()).toBe('pro'), { timeout: 10_000, interval: 50 });
    const customer = Object.keys(first.simulator?.sim.state.customers ?? {})[0] ?? '';
    await stopBillingRuntime();
    expect(billingMode()).toBe('off');

    const second = await startAs('simulator');
    expect(second.simulator?.sim.state.subscriptions).toEqual(first.simulator?.sim.state.subscriptions);
    expect((await currentBilling()?.stripe.subscriptions.list({ customer }))?.data).toHaveLength(1);
    expect(second.simulator?.sim.violations).toEqual([]);
    expect(await planOf()).toBe('pro');
    await stopBillingRuntime();

    await startAs('off');
    expect(currentBilling()).toBeNull();
    expect(await planOf()).toBe('free');
    await stopBillingRuntime();

    await startAs('simulator');
    await vi.waitFor(async () => expect(await planOf()).toBe('pro'), { timeout: 10_000, interval: 50 });
  });

  it('refuses every webhook while it is off', async () => {
    await startAs('off');
    const answer = await fetch(`http://127.0.0.1:${(product.address() as AddressInfo).port}/api/stripe/webhook`, {
      method: 'POST',
      body: '{}',
      headers: { 'stripe-signature': 't=1,v1=x' },
    });
    expect(answer.status).toBe(400);
  });
});
