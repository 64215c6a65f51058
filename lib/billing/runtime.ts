import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { type Billing, createBilling } from './client';
import { startEventWorker } from './event-worker';
import { syncAll } from './heal';
import { retireSimulated } from './retire-simulated';
import { type BillingRuntime, billingRuntime, setBillingRuntime } from './runtime-slot';
import { type RunningSimulator, startSimulator } from './simulator/start-simulator';
import { syncPlanPrices } from './sync-plan-prices';

export const CHECKOUT_PATH = '/simulator/checkout';
export const PORTAL_PATH = '/simulator/portal';
const DOCUMENTS_PATH = '/simulator';
const STATE_FILE = 'stripe-simulator.json';

let starting: Promise<BillingRuntime> | undefined;

/**
 * Starts billing in this process, once: the client, the simulator where the environment allows it, and the worker that
 * acts on webhooks. The process that serves the console calls it after the database is open.
 */
export function startBillingRuntime(): Promise<BillingRuntime> {
  const running = billingRuntime();
  if (running) return Promise.resolve(running);
  starting ??= start().finally(() => {
    starting = undefined;
  });
  return starting;
}

export async function stopBillingRuntime(): Promise<void> {
  await starting;
  await billingRuntime()?.stop();
}

async function start(): Promise<BillingRuntime> {
  const { mode } = env().stripe;
  if (mode !== 'simulator') await retireSimulated();
  const simulator = mode === 'simulator' ? await startOwnSimulator() : null;
  const billing = simulator ? simulator.billing : mode === 'live' ? liveBilling() : null;
  const worker = billing && startEventWorker(billing);
  const runtime: BillingRuntime = {
    billing,
    simulator: simulator?.running ?? null,
    wake: () => worker?.wake(),
    async stop() {
      setBillingRuntime(undefined);
      await worker?.stop();
      await simulator?.running.close();
    },
  };
  setBillingRuntime(runtime);
  // Neither may keep the product from starting: checkout makes the price it needs by itself.
  if (billing) void catchUp(billing).catch((error: unknown) => log.warn({ err: error }, 'subscriptions could not be compared with Stripe'));
  return runtime;
}

function liveBilling(): Billing | null {
  const { secretKey, apiBase, webhookSecret } = env().stripe;
  if (!webhookSecret?.trim())
    log.warn('STRIPE_WEBHOOK_SECRET is not set: every webhook is refused, and payments are booked only when the person returns from Checkout');
  return secretKey ? createBilling({ secretKey, apiBase, webhookSecret, simulated: false }) : null;
}

async function startOwnSimulator(): Promise<{ running: RunningSimulator; billing: Billing }> {
  const { host, port, dataDir, stripe, appUrl } = env();
  // Unless one is given, a secret of this start only: nobody outside this process can sign an event.
  const webhookSecret = stripe.webhookSecret?.trim() || `whsec_${randomBytes(24).toString('hex')}`;
  const running = await startSimulator({
    port: 0,
    webhookUrl: `http://${loopbackOf(host)}:${port}/api/stripe/webhook`,
    webhookSecret,
    stateFile: join(dataDir, STATE_FILE),
    checkoutPath: CHECKOUT_PATH,
    portalPath: PORTAL_PATH,
    documentsUrl: `${appUrl}${DOCUMENTS_PATH}`,
  });
  running.sim.onViolation = (violation) => log.error(violation, 'the product sent Stripe a request that it would refuse');
  return {
    running,
    billing: createBilling({ secretKey: running.secretKey, apiBase: running.apiBase, webhookSecret, simulated: true, now: () => running.sim.nowS() * 1_000 }),
  };
}

function loopbackOf(host: string): string {
  if (host === '::' || host === '::1') return '[::1]';
  return host.startsWith('127.') || host === 'localhost' ? host : '127.0.0.1';
}

/** Brings prices and subscriptions in step with what happened while the product was away. */
async function catchUp(billing: Billing): Promise<void> {
  await syncPlanPrices(billing).catch((error: unknown) => log.warn({ err: error }, 'plan prices could not be compared with Stripe'));
  await syncAll(billing);
}
