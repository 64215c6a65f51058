import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import Stripe from 'stripe';
import { findViolations } from './axe';
import { chat, signUp } from './person';
import type { Product } from './product';
import { expect, test, WEBHOOK_SECRET } from './shared-product';

const FREE_RPM = '60';
const PRO_RPM = '600';
let product: Product;

test.beforeAll(({ product: shared }) => {
  product = shared;
});

test('a plan that was paid for applies to running keys within seconds, and webhooks that repeat or are forged change nothing', async ({ page, context }) => {
  const { home, key } = await signUp(page, product);
  const rpm = async () => (await chat(page, product, key)).headers()['x-ratelimit-limit-requests'];
  expect(await rpm()).toBe(FREE_RPM);

  await page.goto(`${product.url}${home}/upgrade`);
  await page.getByRole('button', { name: 'Upgrade to Pro' }).click();
  await page.waitForURL('**/simulator/checkout/**');
  await expect(page.getByText('simulator').first()).toBeVisible();
  expect(await findViolations(page)).toEqual([]);

  // Whoever comes back before the payment has arrived waits there and sees it arrive.
  const session = new URL(page.url()).pathname.split('/').at(-1);
  const waiting = await context.newPage();
  await waiting.goto(`${product.url}${home}/settings/billing?checkout=success&session_id=${session}`);
  await expect(waiting.getByRole('status').filter({ hasText: 'Waiting for the payment to be confirmed' })).toBeVisible();
  expect(await rpm()).toBe(FREE_RPM);

  await page.getByRole('button', { name: 'Pay' }).click();
  await expect.poll(rpm, { timeout: 5_000 }).toBe(PRO_RPM);
  for (const each of [page, waiting]) await expect(each.getByRole('status').filter({ hasText: 'You are on Pro now' })).toBeVisible();

  await page.goto(`${product.url}${home}/upgrade`);
  await expect(page.locator('[data-plan=pro]')).toContainText('You are on this plan.');
  const before = await billingText(page, home);
  expect(before).toContain('Pro');

  const events = simulatedEvents();
  expect(events.length).toBeGreaterThan(0);
  for (const event of events) for (const _copy of ['second', 'third']) expect(await deliver(event, sign(event))).toBe(200);
  const forged = JSON.stringify({ ...JSON.parse(events.at(-1) ?? ''), id: 'evt_forged' });
  const tenMinutesAgo = Math.floor(Date.now() / 1_000) - 600;
  expect(await deliver(forged, null)).toBe(400);
  expect(await deliver(forged, '')).toBe(400);
  expect(await deliver(forged, sign(forged, 'whsec_of_somebody_else'))).toBe(400);
  expect(await deliver(forged, sign(events.at(-1) ?? ''))).toBe(400);
  expect(await deliver(forged, sign(forged, WEBHOOK_SECRET, tenMinutesAgo))).toBe(400);
  await page.waitForTimeout(1_000);
  expect(await billingText(page, home)).toBe(before);
  expect(await rpm()).toBe(PRO_RPM);
});

test('a checkout that is cancelled charges nothing', async ({ page }) => {
  const { home, key } = await signUp(page, product);
  await page.goto(`${product.url}${home}/upgrade`);
  await page.getByRole('button', { name: 'Upgrade to Enterprise' }).click();
  await page.waitForURL('**/simulator/checkout/**');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The checkout was cancelled and nothing was charged.')).toBeVisible();
  await page.goto(`${product.url}${home}/settings/billing`);
  await expect(page.getByText('No invoices yet.')).toBeVisible();
  expect((await chat(page, product, key)).headers()['x-ratelimit-limit-requests']).toBe(FREE_RPM);
});

test('credit that was topped up is in the balance once, as simulated money', async ({ page }) => {
  const { home } = await signUp(page, product);
  await page.goto(`${product.url}${home}/settings/billing`);
  await page.getByRole('radio', { name: '$25' }).click();
  await page.getByRole('button', { name: 'Top up' }).click();
  await page.waitForURL('**/simulator/checkout/**');
  await page.getByRole('button', { name: 'Pay' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'was credited' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('table', { name: 'Balance', exact: true }).getByRole('row', { name: /Simulated/ })).toContainText('$25.00');
  await expect(page.getByRole('table', { name: 'Balance', exact: true }).getByRole('row', { name: /Simulated/ })).toContainText('demo models only');
});

async function billingText(page: Page, home: string): Promise<string> {
  await page.goto(`${product.url}${home}/settings/billing`);
  await expect(page.getByRole('table', { name: 'Invoices' })).toContainText('Paid');
  return page.getByRole('main').innerText();
}

/** Everything the simulator has sent so far, as it was sent. */
function simulatedEvents(): string[] {
  const state = JSON.parse(readFileSync(path.join(product.dataDir, 'stripe-simulator.json'), 'utf8')) as { events: object[] };
  return state.events.map((event) => JSON.stringify(event));
}

function sign(payload: string, secret = WEBHOOK_SECRET, timestamp?: number): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, ...(timestamp && { timestamp }) });
}

async function deliver(body: string, signature: string | null): Promise<number> {
  const headers = { 'content-type': 'application/json', ...(signature !== null && { 'stripe-signature': signature }) };
  return (await fetch(`${product.url}/api/stripe/webhook`, { method: 'POST', headers, body })).status;
}
