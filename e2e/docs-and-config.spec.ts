import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { PASSWORD } from './person';
import { type Product, startProduct } from './product';

let product: Product;
let operator: BrowserContext;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  product = await startProduct({ env: { ADMIN_EMAIL: 'owner@example.com', ADMIN_PASSWORD: `${PASSWORD} staple` } });
  operator = await browser.newContext({ reducedMotion: 'reduce' });
  page = await operator.newPage();
});
test.afterAll(async () => {
  await operator?.close();
  await product?.stop();
});

test('the documentation opens without an account: every guide, the errors and the search', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'en-US' });
  const reader = await context.newPage();
  await reader.goto(`${product.url}/docs`);
  const links = await reader.getByRole('navigation', { name: 'Documentation' }).getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(links.length).toBeGreaterThan(12);
  for (const href of links) {
    const answer = await reader.goto(product.url + href);
    expect(answer?.status(), href).toBe(200);
    await expect(reader.getByRole('heading', { level: 1 }), href).toHaveCount(1);
  }
  await reader.goto(`${product.url}/docs?q=Idempotency-Key`);
  await reader.getByRole('main').getByRole('link', { name: 'Management API' }).last().click();
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('Management API');
  await context.close();
});

test('the reference of the API names every route and loads nothing from elsewhere', async ({ browser }) => {
  const context = await browser.newContext();
  const reader = await context.newPage();
  const elsewhere: string[] = [];
  reader.on('request', (request) => !request.url().startsWith(product.url) && !request.url().startsWith('data:') && elsewhere.push(request.url()));
  await reader.goto(`${product.url}/docs/api`, { waitUntil: 'networkidle' });
  const { paths } = (await (await reader.request.get(`${product.url}/api/openapi.json`)).json()) as { paths: Record<string, object> };
  expect(Object.keys(paths).length).toBeGreaterThan(40);
  const text = await reader.getByRole('main').innerText();
  for (const path of Object.keys(paths)) expect(text).toContain(path);
  expect(elsewhere).toEqual([]);
  await context.close();
});

test('guides are read in Chinese by who reads Chinese, with the same commands', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'zh-CN' });
  const reader = await context.newPage();
  await reader.goto(`${product.url}/docs/command-line`);
  await expect(reader.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('命令行');
  await expect(reader.getByRole('main')).toContainText('key rotate KEY_ID [--grace 24h]');
  await context.close();
});

test('/admin/config applies a file, says in sync, then drift with what differs, and keeps the history', async () => {
  await page.goto(`${product.url}/sign-in?next=/admin/config`);
  await page.getByLabel('Email').fill('owner@example.com');
  await page.getByLabel('Password', { exact: true }).fill(`${PASSWORD} staple`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${product.url}/admin/config`);

  const field = page.getByRole('textbox', { name: /fairlead\.yaml/ });
  await field.fill('apiVersion: fairlead/v1\nplans: [{ id: free, limits: { rmp: 61 } }]');
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await expect(page.getByText(/plans\[0\]\.limits\.rmp .*did you mean "rpm"/)).toBeVisible();

  await field.fill('apiVersion: fairlead/v1\nplans: [{ id: free, limits: { rpm: 61 } }]');
  await page.getByRole('button', { name: 'Plan', exact: true }).click();
  await expect(page.getByText('limits.rpm: 60 → 61').first()).toBeVisible();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.getByText(/in sync/i).first()).toBeVisible();

  const { key } = JSON.parse(await product.fairlead('key', 'create', '--operator', '--management', '--name', 'drift', '--json')) as { key: string };
  const changed = await page.request.patch(`${product.url}/api/v1/plans/free`, { headers: { authorization: `Bearer ${key}` }, data: { limits: { rpm: 99 } } });
  expect(changed.status()).toBe(200);
  await page.reload();
  await expect(page.getByText(/drift/i).first()).toBeVisible();
  await expect(page.getByText('limits.rpm: 99 → 61').first()).toBeVisible();
  await expect(page.getByText('limits.rpm: 60 → 61').first()).toBeAttached();
});
