import { chat, signUp } from './person';
import type { Product } from './product';
import { expect, test } from './shared-product';

let product: Product;

test.beforeAll(({ product: shared }) => {
  product = shared;
});

test('Ctrl+K finds a page by name, creates a key and opens a pasted request id', async ({ page }) => {
  const { home, key } = await signUp(page, product);
  const id = (await chat(page, product, key)).headers()['x-request-id'] as string;
  await page.goto(`${product.url}${home}`);

  const open = async () => {
    await page.keyboard.press('Control+k');
    return page.getByRole('combobox');
  };
  await (await open()).fill('usage');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/usage');

  await (await open()).fill('create key');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByLabel('Name')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/keys$/);

  await (await open()).fill(id);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/logs/${id}`);
});

test('shortcuts are listed by ?, go to pages, walk the log, and stay off once switched off', async ({ page }) => {
  const { home, key } = await signUp(page, product);
  for (let i = 0; i < 2; i++) await chat(page, product, key);
  await page.goto(`${product.url}${home}/logs`);
  await expect(page.getByRole('row')).toHaveCount(3);
  // The keys of a list load after the page.
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.getByRole('row').nth(2).getByRole('link')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/logs/req_*');

  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await page.waitForURL('**/usage');
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByLabel('Single-key shortcuts').click();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.waitForTimeout(500);
  await expect(page).toHaveURL(/\/usage/);
});
