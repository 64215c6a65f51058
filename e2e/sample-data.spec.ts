import { signUp } from './person';
import type { Product } from './product';
import { expect, test } from './shared-product';

let product: Product;

test.beforeAll(({ product: shared }) => {
  product = shared;
});

test('sample data is one click in and one click out, and its thirty days fill logs and charts in between', async ({ page }) => {
  const { home } = await signUp(page, product);
  await page.goto(`${product.url}${home}/settings/general`);
  await page.getByRole('button', { name: 'Load sample data' }).click();
  await expect(page.getByText('Sample data loaded')).toBeVisible({ timeout: 60_000 });

  await page.goto(`${product.url}${home}/logs?range=30d`);
  await expect(page.getByRole('row').filter({ hasText: 'Support bot (sample)' }).first()).toBeVisible();
  await page.goto(`${product.url}${home}/usage?range=30d`);
  await expect(page.getByRole('row').filter({ hasText: 'kimi-k3' }).first()).toBeVisible();

  await page.goto(`${product.url}${home}/settings/general`);
  await page.getByRole('button', { name: 'Remove sample data' }).click();
  await expect(page.getByText(/sample calls removed/)).toBeVisible({ timeout: 30_000 });
  await page.reload();
  await expect(page.getByRole('button', { name: 'Load sample data' })).toBeVisible();
  await page.goto(`${product.url}${home}/logs?range=30d`);
  await expect(page.getByText('kimi-k3')).toHaveCount(0);
});
