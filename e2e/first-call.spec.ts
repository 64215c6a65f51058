import type { Locator, Page } from '@playwright/test';
import { chat, PASSWORD, signUp } from './person';
import type { Product } from './product';
import { expect, test } from './shared-product';

let product: Product;

test.beforeAll(({ product: shared }) => {
  product = shared;
});

const listenerOf = (page: Page) => page.getByRole('status', { name: 'Listener' });

test('a newcomer sees the first 200 within four clicks and a minute, and then what it cost, digit for digit', async ({ page }) => {
  let clicks = 0;
  const click = async (target: Locator) => {
    clicks++;
    await target.click();
  };
  const startedAt = Date.now();
  await page.goto(product.url);
  await click(page.getByRole('link', { name: 'Get started' }).first());
  await page.getByLabel('Email').fill('first@example.com');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await click(page.getByRole('button', { name: 'Sign up' }));
  await page.waitForURL('**/welcome');
  const answered = page.waitForResponse((response) => response.url().endsWith('/v1/chat/completions'));
  await click(page.getByRole('button', { name: 'Send it for me' }));
  await expect(listenerOf(page)).toContainText('200');
  expect(clicks).toBeLessThanOrEqual(4);
  expect(Date.now() - startedAt).toBeLessThan(60_000);

  const headers = (await answered).headers();
  const id = headers['x-request-id'] ?? '';
  const cost = headers['x-fairlead-cost-usd'] ?? '';
  expect(cost).toMatch(/^0\.\d+[1-9]$/);
  await listenerOf(page).getByRole('link', { name: 'View this request' }).click();
  await expect(page).toHaveURL(new RegExp(`/logs/${id}$`));
  for (const _visit of ['first', 'after a reload']) {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(id);
    const facts = page.getByRole('definition');
    await expect(facts.filter({ hasText: `$${cost}` })).toHaveText(`$${cost}`);
    await expect(facts.filter({ hasText: 'demo/echo' })).toBeVisible();
    await expect(facts.filter({ hasText: /^2 in\s*2 out/ })).toBeVisible();
    await expect(page.getByRole('term').filter({ hasText: 'Total' }).locator('xpath=following-sibling::dd')).toHaveText(/^[\d.,]+\s?(ms|s)$/);
    await page.getByRole('tab', { name: 'Conversation' }).click();
    await expect(page.getByRole('tabpanel').getByText('Hello there')).toHaveCount(2);
    await page.getByRole('tab', { name: 'Routing' }).click();
    await expect(page.getByRole('table', { name: 'Attempts' }).getByRole('row', { name: 'demo/echo' })).toHaveCount(1);
    await page.getByRole('tab', { name: 'Cost' }).click();
    await expect(page.getByRole('row', { name: 'Charged' })).toContainText(`$${cost}`);
    await page.reload();
  }
});

test('the key goes to the clipboard, and the snippets carry it with the address of this installation', async ({ page }) => {
  const { key } = await signUp(page, product);
  await page.getByRole('button', { name: 'Copy', exact: true }).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
  for (const language of ['curl', 'Python', 'TypeScript']) {
    await page.getByRole('tab', { name: language }).click();
    const snippet = page.getByRole('tabpanel', { name: language });
    await expect(snippet).toContainText(key);
    await expect(snippet).toContainText(product.apiBaseUrl);
  }
});

test('a first call that fails is named with its fix, and the next visit listens anew', async ({ page }) => {
  const { key } = await signUp(page, product);
  const listener = listenerOf(page);
  await expect(listener).toContainText(`…${key.slice(-4)}`);

  expect((await chat(page, product, key, 'gpt-4')).status()).toBe(404);
  await expect(listener).toContainText('404');
  await expect(listener).toContainText('This key has no model gpt-4.');

  const damaged = `${key.slice(0, 12)}${key[12] === 'x' ? 'y' : 'x'}${key.slice(13)}`;
  expect((await chat(page, product, damaged)).status()).toBe(401);
  await expect(listener).toContainText('401');
  await expect(listener).toContainText('Copy it again, without quotes or spaces');

  await listener.getByRole('button', { name: /^Use / }).click();
  expect((await chat(page, product, key, await page.getByLabel('Model').inputValue())).status()).toBe(200);
  await expect(listener).toContainText('200');
  await page.reload();
  await expect(listener).toContainText('Nothing yet.');
  await expect(page.getByLabel('API key')).toHaveValue(key);
});

test('signing in leads back to where one came from', async ({ page }) => {
  const { email, home } = await signUp(page, product);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in**');
  await page.goto(`${product.url}${home}/keys?status=active`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel('Email').fill(email.toUpperCase());
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('E-mail or password is wrong.')).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${product.url}${home}/keys?status=active`);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible();
});
