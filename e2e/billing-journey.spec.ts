import { expect, test } from '@playwright/test';
import { type RunningSimulator, startSimulator } from '@/lib/billing/simulator/start-simulator';
import { findViolations } from './axe';
import { chat, signUp } from './person';
import { freePort, type Product, startProduct } from './product';

const FREE_RPM = '60';
const PRO_RPM = '600';
const MONTH_S = 32 * 86_400;
const keys = { secretKey: 'sk_test_of_the_journey', webhookSecret: 'whsec_of_the_journey' };
let product: Product;
/** Stripe, as far as the product can tell: a key and an address of its own, and events that can be late. */
let stripe: RunningSimulator;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  const port = await freePort();
  stripe = await startSimulator({ port: 0, webhookUrl: `http://127.0.0.1:${port}/api/stripe/webhook`, controlPlane: true, ...keys });
  product = await startProduct({ port, env: { STRIPE_SECRET_KEY: keys.secretKey, STRIPE_API_BASE: stripe.apiBase, STRIPE_WEBHOOK_SECRET: keys.webhookSecret } });
});

test.afterAll(async () => {
  await product?.stop();
  await stripe?.close();
});

test('from the free limit to a paid plan by a late webhook, credit, an invoice, and the end of the period', async ({ page }) => {
  test.setTimeout(180_000);
  const { home, key } = await signUp(page, product);
  const rpm = async () => (await chat(page, product, key)).headers()['x-ratelimit-limit-requests'];
  const open = (path: string) => page.goto(`${product.url}${home}${path}`);
  const burst = await Promise.all(Array.from({ length: 70 }, () => chat(page, product, key)));
  expect(burst.map((answer) => answer.status())).toContain(429);

  // Upgrade and pay, while no event arrives and Stripe does not answer questions about the session either.
  stripe.deliveries.held = true;
  await open('/upgrade');
  await page.getByRole('button', { name: 'Upgrade to Pro' }).click();
  await page.waitForURL(`${stripe.apiBase}/pay/**`);
  stripe.faults.push({ method: 'GET', path: '/v1/checkout/sessions', after: 0, times: 1_000, kind: 500 });
  await page.getByRole('button', { name: 'Pay' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Waiting for the payment to be confirmed' })).toBeVisible();
  expect([FREE_RPM, undefined]).toContain(await rpm());
  stripe.faults.length = 0;
  stripe.deliveries.held = false;
  stripe.deliveries.wake();
  await expect(page.getByRole('status').filter({ hasText: 'You are on Pro now' })).toBeVisible({ timeout: 20_000 });
  await expect.poll(rpm, { timeout: 10_000 }).toBe(PRO_RPM);

  await open('/settings/billing');
  await page.getByRole('radio', { name: '$25' }).click();
  await page.getByRole('button', { name: 'Top up' }).click();
  await page.waitForURL(`${stripe.apiBase}/pay/**`);
  await page.getByRole('button', { name: 'Pay' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'was credited' })).toBeVisible();
  const spent = await chat(page, product, key);
  expect([spent.status(), Number(spent.headers()['x-fairlead-cost-usd']) > 0]).toEqual([200, true]);

  await open('/settings/billing');
  const balance = page.getByRole('table', { name: 'Balance', exact: true });
  await expect(balance.getByRole('row', { name: /Paid/ })).toContainText('$25.00');
  await expect(balance.getByRole('row', { name: /Demo/ }).getByRole('cell').nth(2)).not.toHaveText('$0.00');
  await expect(page.getByRole('table', { name: 'Balance history' }).getByRole('row', { name: /Top-up/ }).getByRole('link', { name: 'Receipt' })).toHaveAttribute('href', /\/receipt\/ch_/);
  expect(await findViolations(page)).toEqual([]);
  const invoices = page.getByRole('table', { name: 'Invoices' });
  await expect(invoices).toContainText('$20.00');
  await invoices.getByRole('row', { name: /\$20\.00/ }).getByRole('link').click();
  await expect(page.getByRole('table', { name: 'Lines' }).getByRole('row', { name: /Pro/ })).toContainText('$20.00');
  expect(await findViolations(page)).toEqual([]);

  await open('/upgrade');
  await page.getByRole('button', { name: 'Choose Free' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Choose Free' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await open('/settings/billing');
  await expect(page.getByText('until then everything stays as it is')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Resume Pro' })).toBeVisible();
  expect(await rpm()).toBe(PRO_RPM);
  await fetch(`${stripe.apiBase}/_sim/advance`, { method: 'POST', body: JSON.stringify({ seconds: String(MONTH_S) }) });
  await expect.poll(rpm, { timeout: 15_000 }).toBe(FREE_RPM);
  await open('/settings/billing');
  await expect(balance.getByRole('row', { name: /Paid/ })).toContainText('$25.00');
  // Whatever the product asked on the way, Stripe would have understood.
  expect(stripe.sim.violations).toEqual([]);
});

test('the checkout of another organization is no page of mine', async ({ page, browser }) => {
  const { home } = await signUp(page, product);
  await page.goto(`${product.url}${home}/settings/billing`);
  await page.getByRole('button', { name: 'Top up' }).click();
  await page.waitForURL(`${stripe.apiBase}/pay/**`);
  const session = new URL(page.url()).pathname.split('/').at(-1);
  const stranger = await (await browser.newContext()).newPage();
  const { home: other } = await signUp(stranger, product);
  const answer = await stranger.goto(`${product.url}${other}/settings/billing?checkout=success&session_id=${session}`);
  expect(answer?.status()).toBe(404);
});
