import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type Product, startProduct } from './product';

test.describe.configure({ mode: 'serial' });

const password = 'correct horse battery';
let product: Product;
let count = 0;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.stop();
});

async function signUp(page: Page, organization = `Org ${++count}`): Promise<{ email: string; home: string; key: string }> {
  const email = `person${++count}@example.com`;
  await page.goto(`${product.url}/sign-up`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Organization').fill(organization);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.waitForURL('**/welcome');
  const home = (await page.getByRole('link', { name: 'Go to the console' }).getAttribute('href')) ?? '';
  return { email, home, key: await page.getByLabel('API key').inputValue() };
}

function call(page: Page, key: string, model = 'fast-chat') {
  return page.request.post(`${product.apiBaseUrl}/chat/completions`, {
    headers: { authorization: `Bearer ${key}` },
    data: { model, messages: [{ role: 'user', content: 'Hello' }] },
  });
}

test('from the front page to the first 200 in at most four clicks, with the key on the clipboard', async ({ page }) => {
  let clicks = 0;
  const click = async (locator: ReturnType<Page['getByRole']>) => {
    clicks++;
    await locator.click();
  };
  const startedAt = Date.now();
  await page.goto(product.url);
  await click(page.getByRole('link', { name: 'Get started' }));
  await page.getByLabel('Email').fill('first@example.com');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await click(page.getByRole('button', { name: 'Sign up' }));
  await page.waitForURL('**/welcome');
  await click(page.getByRole('button', { name: 'Send it for me' }));
  const listener = page.getByRole('status', { name: 'Listener' });
  await expect(listener).toContainText('200');
  expect(clicks).toBeLessThanOrEqual(4);
  expect(Date.now() - startedAt).toBeLessThan(60_000);

  const key = await page.getByLabel('API key').inputValue();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
  await listener.getByRole('link', { name: 'View this request' }).click();
  await expect(page).toHaveURL(/\/logs\/req_/);
});

test('a first call that fails shows its status and its fix, and every visit listens anew', async ({ page }) => {
  const { key } = await signUp(page);
  const listener = page.getByRole('status', { name: 'Listener' });
  await expect(listener).toContainText(`…${key.slice(-4)}`);
  expect((await call(page, key, 'gpt-4')).status()).toBe(404);
  await expect(listener).toContainText('404');
  await expect(listener).toContainText('This key has no model gpt-4.');
  await listener.getByRole('button', { name: /^Use / }).click();
  expect((await call(page, key, await page.getByLabel('Model').inputValue())).status()).toBe(200);
  await expect(listener).toContainText('200');
  await page.reload();
  await expect(listener).toContainText('Nothing yet.');
});

test('a key is limited to its models, shown once, and stops within a second of being revoked', async ({ page }) => {
  const { home } = await signUp(page);
  await page.goto(`${product.url}${home}/keys`);
  await page.getByRole('button', { name: 'Create key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('bot');
  await dialog.getByLabel('Only these').click();
  await dialog.getByLabel('fast-chat').click();
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const key = await dialog.getByLabel('API key').inputValue();
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  await expect(page.locator('body')).not.toContainText(key);
  const row = page.getByRole('row', { name: /^bot/ });
  await expect(row).toContainText(key.slice(-4));

  expect((await call(page, key)).status()).toBe(200);
  expect((await call(page, key, 'code-reasoner')).status()).toBe(404);
  await row.getByRole('button', { name: 'Revoke' }).click();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toContainText('Revoked');
  await page.waitForTimeout(1_000);
  expect((await call(page, key)).status()).toBe(401);
});

test('a rotated key works on for its grace period beside the new one', async ({ page }) => {
  const { home, key } = await signUp(page);
  await page.goto(`${product.url}${home}/keys`);
  await page.getByRole('button', { name: 'Rotate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('in 1 h').click();
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  const next = await dialog.getByLabel('API key').inputValue();
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  await expect(page.getByText(`replaced by …${next.slice(-4)}`)).toBeVisible();
  for (const each of [key, next]) expect((await call(page, each)).status()).toBe(200);
});

test('signing in leads back to where one came from; signing out everywhere ends other browsers', async ({ page, browser }) => {
  const { email, home } = await signUp(page);
  const other = await (await browser.newContext()).newPage();
  await other.goto(`${product.url}${home}/keys?status=active`);
  await expect(other).toHaveURL(/\/sign-in\?next=/);
  await other.getByLabel('Email').fill(email.toUpperCase());
  await other.getByLabel('Password', { exact: true }).fill('not the password');
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(other.getByText('E-mail or password is wrong.')).toBeVisible();
  await other.getByLabel('Password', { exact: true }).fill(password);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(other).toHaveURL(`${product.url}${home}/keys?status=active`);

  await page.goto(`${product.url}${home}/settings/security`);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL('**/sign-in');
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in\?next=/);
});

test("somebody else's organization looks like none at all", async ({ page, browser }) => {
  const { home } = await signUp(page);
  const stranger = await (await browser.newContext()).newPage();
  await signUp(stranger);
  expect((await stranger.goto(`${product.url}${home}/keys`))?.status()).toBe(404);
  expect((await stranger.goto(`${product.url}/no-such-organization/keys`))?.status()).toBe(404);
});

test('language and theme are one click away and stay', async ({ page }) => {
  const { home } = await signUp(page);
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

test('pages have one h1, no sideways scroll at 360 px, and nothing that axe objects to', async ({ page }) => {
  test.setTimeout(180_000);
  const { home } = await signUp(page);
  for (const route of ['/', '/pricing', '/welcome', `${home}/keys`, `${home}/settings/general`, `${home}/settings/security`]) {
    for (const theme of ['light', 'dark'] as const) {
      for (const width of [1280, 360]) {
        const where = `${route} ${theme} ${width}`;
        await page.setViewportSize({ width, height: 800 });
        await page.goto(product.url + route);
        await page.evaluate((name) => localStorage.setItem('theme', name), theme);
        await page.reload();
        await expect(page.getByRole('heading', { level: 1 }), where).toHaveCount(1);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), where).toBeLessThanOrEqual(0);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${where}: ${id} at ${nodes[0]?.html}`)).toEqual([]);
      }
    }
  }
});
