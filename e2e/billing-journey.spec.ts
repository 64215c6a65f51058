import type { Page } from '@playwright/test';
import { findViolations } from './axe';
import { chat, signUp } from './person';
import type { Product } from './product';
import { expect, test } from './shared-product';

let product: Product;

test.beforeAll(({ product: shared }) => {
  product = shared;
});

test('from the free limit to a paid plan, credit, an invoice, and the end of the period', async ({ page }) => {
  test.setTimeout(180_000);
  const { home, key } = await signUp(page, product);
  const burst = await Promise.all(Array.from({ length: 70 }, () => chat(page, product, key)));
  expect(burst.map((answer) => answer.status())).toContain(429);

  await page.goto(`${product.url}${home}/upgrade`);
  await page.getByRole('button', { name: 'Upgrade to Pro' }).click();
  await page.waitForURL('**/simulator/checkout/**');
  await page.getByRole('button', { name: 'Pay' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'You are on Pro now' })).toBeVisible();
  await expect.poll(async () => (await chat(page, product, key)).headers()['x-ratelimit-limit-requests'], { timeout: 10_000 }).toBe('600');

  await page.goto(`${product.url}${home}/settings/billing`);
  await page.getByRole('radio', { name: '$25' }).click();
  await page.getByRole('button', { name: 'Top up' }).click();
  await page.waitForURL('**/simulator/checkout/**');
  await page.getByRole('button', { name: 'Pay' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'was credited' })).toBeVisible();
  expect((await chat(page, product, key)).status()).toBe(200);

  await page.goto(`${product.url}${home}/settings/billing`);
  await expect(page.getByRole('table', { name: 'Balance history' })).toContainText('Top-up');
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole('table', { name: 'Invoices' }).getByRole('link').first().click();
  await expect(page.getByRole('table', { name: 'Lines' })).toContainText('$');

  await page.goto(`${product.url}${home}/upgrade`);
  await cancelAtPeriodEnd(page);
  await page.goto(`${product.url}${home}/settings/billing`);
  await expect(page.getByText('until then everything stays as it is')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Resume Pro' })).toBeVisible();
});

async function cancelAtPeriodEnd(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Choose Free' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Choose Free' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
}
