import { expect, test } from '@playwright/test';
import { PASSWORD, signUp } from './person';
import { type Product, startProduct } from './product';

let product: Product;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.stop();
});

test('signing out everywhere ends other browsers', async ({ page, browser }) => {
  const { email, home } = await signUp(page, product);
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(`${product.url}/sign-in`);
  await other.getByLabel('Email').fill(email);
  await other.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.waitForURL(`**${home}`);

  await page.goto(`${product.url}${home}/settings/security`);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL('**/sign-in');
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in\?next=/);
  await context.close();
});

test("somebody else's organization looks like none at all", async ({ page, browser }) => {
  const { home } = await signUp(page, product);
  const context = await browser.newContext();
  const stranger = await context.newPage();
  await signUp(stranger, product);
  expect((await stranger.goto(`${product.url}${home}/keys`))?.status()).toBe(404);
  expect((await stranger.goto(`${product.url}/no-such-organization/keys`))?.status()).toBe(404);
  await context.close();
});

test('language and theme are one click away and stay', async ({ page }) => {
  const { home } = await signUp(page, product);
  await page.goto(`${product.url}${home}/keys`);
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitemradio', { name: '简体中文' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '密钥' })).toBeVisible();
  await page.getByRole('button', { name: '主题' }).click();
  await page.getByRole('menuitemradio', { name: '深色' }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('html')).toHaveClass(/dark/);
});

test('a new name of the organization is everywhere after a reload', async ({ page }) => {
  const { home } = await signUp(page, product, 'Before');
  await page.goto(`${product.url}${home}/settings/general`);
  await page.getByLabel('Organization name').fill('After');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Organization name')).toHaveValue('After');
  await expect(page.getByRole('button', { name: 'Organization: After' })).toBeVisible();
});
