import type { BrowserContext, Locator, Page } from '@playwright/test';
import { chat, type Person, signUp } from './person';
import type { Product } from './product';
import { expect, test } from './shared-product';

let product: Product;
let context: BrowserContext;
let page: Page;
let person: Person;
const ids: Record<'echo' | 'lorem' | 'down', string> = {} as never;

test.beforeAll(async ({ browser, product: shared }) => {
  product = shared;
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  person = await signUp(page, product);
  ids.echo = await call('demo/echo', 'feature=search');
  ids.lorem = await call('demo/lorem', 'feature=chat');
  ids.down = await call('demo/down', 'feature=chat');
});

test.afterAll(async () => {
  await context?.close();
});

test('a filter says how many requests it stands for, narrows the list, and stands in the address', async () => {
  await open('/logs');
  const filters = page.getByRole('region', { name: 'Filters' });
  await expect(filters.getByText('feature=chat').locator('..')).toContainText('2');
  await filters.getByRole('checkbox', { name: /^feature=chat/ }).click();
  await expect(rows()).toHaveCount(2);
  await page.reload();
  await expect(rows()).toHaveCount(2);
  await expect(filters.getByRole('checkbox', { name: /^feature=search/ })).toBeVisible();
  await page.getByRole('button', { name: 'Remove Tag feature=chat' }).click();
  await expect(rows()).toHaveCount(3);
});

test('a row is looked at from the keyboard, the next one with j, and Enter opens it', async () => {
  await open('/logs');
  await ready();
  await page.keyboard.press('j');
  await page.keyboard.press(' ');
  const peek = page.getByRole('region', { name: 'Request at a glance' });
  await expect(peek).toContainText(ids.down);
  await page.keyboard.press('j');
  await expect(peek).toContainText(ids.lorem);
  await page.reload();
  await expect(peek).toContainText(ids.lorem);
  await ready();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/logs/${ids.echo}`);
});

test('columns that were chosen are there after a reload, and on the next visit', async () => {
  await open('/logs');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Tags' }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Tags' })).toBeVisible();
  await open('/logs');
  await expect(rowOf(ids.echo)).toContainText('feature=search');
});

test('the dearest request comes first when cost orders the list, also after a reload', async () => {
  await open('/logs');
  await page.getByRole('button', { name: 'Cost' }).click();
  await expect(page).toHaveURL(/sort=cost/);
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Cost' })).toHaveAttribute('aria-sort', 'descending');
  await expect(rows().first()).toContainText('demo/lorem');
});

test('two requests that were ticked stand side by side, with what differs marked', async () => {
  await open('/logs');
  for (const id of [ids.echo, ids.lorem]) await page.getByRole('checkbox', { name: `Select ${id}` }).click();
  await page.getByRole('link', { name: 'Compare' }).click();
  await page.waitForURL(/compare\?ids=/);
  await page.getByRole('tab', { name: 'Parameters' }).click();
  await page.reload();
  await expect(page.getByRole('table', { name: 'Parameters' }).getByRole('row', { name: /^model/ })).toContainText('differs');
  await expect(page.getByRole('table', { name: 'Figures side by side' })).toContainText('demo/lorem');
});

test('a request is sent again to another model, and both answers are compared', async () => {
  await open(`/logs/${ids.echo}`);
  await page.getByRole('button', { name: 'Replay with…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Model or alias').selectOption('demo/lorem');
  await dialog.getByRole('button', { name: 'Replay', exact: true }).click();
  await page.waitForURL(/compare\?ids=/);
  await page.reload();
  await expect(page.locator('ins').first()).toBeVisible();
  await expect(page.locator('del').first()).toBeVisible();
  await open('/logs?tag=feature=replay');
  await expect(rows()).toHaveCount(1);
});

test('a question about the bill is one press, and its figures open the requests behind them', async () => {
  await open('/usage');
  await page.getByRole('button', { name: 'Which features are expensive?' }).click();
  await page.reload();
  const pivot = page.getByRole('table', { name: 'Usage by tag' });
  await pivot.getByRole('row', { name: /^feature=chat/ }).getByRole('link', { name: '50%' }).click();
  await expect(rows()).toHaveCount(1);
  await expect(rowOf(ids.down)).toBeVisible();

  await open('/usage');
  await page.getByRole('button', { name: 'Where do retries happen?' }).click();
  await page.reload();
  await expect(page.getByRole('table', { name: 'Where attempts fail and are repeated' }).getByRole('row', { name: /demo\/down/ }).first()).toBeVisible();
});

test('a key works from its addresses only, until it is edited', async () => {
  await open('/keys');
  await page.getByRole('button', { name: 'Create key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('office only');
  await dialog.getByText('Advanced').click();
  await dialog.getByLabel('IP addresses').fill('203.0.113.7');
  await dialog.getByLabel('Tags').fill('team=harbour');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const key = await dialog.getByLabel('API key').inputValue();
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  expect((await chat(page, product, key)).status()).toBe(403);

  await page.reload();
  const row = page.getByRole('row', { name: /^office only/ });
  await expect(row).toContainText('only from 203.0.113.7');
  await row.getByRole('button', { name: 'Edit' }).click();
  await dialog.getByLabel('IP addresses').fill('');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await page.reload();
  await expect(row).toContainText('team=harbour');
  await expect(row).not.toContainText('203.0.113.7');
  await expect.poll(async () => (await chat(page, product, key)).status()).toBe(200);
});

test('a budget begins on its own day, and the overview says when it is used up', async () => {
  await open('/budgets');
  await page.getByRole('button', { name: 'Create budget' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Limit (USD)').fill('0');
  await dialog.getByLabel('Period').selectOption('week');
  await dialog.getByLabel('Begins on').selectOption('Wednesday');
  await dialog.getByLabel('At the limit').selectOption('warn');
  await dialog.getByRole('button', { name: 'Create budget' }).click();
  await expect(dialog).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: /^Budget burn-down/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Organization/ })).toContainText('blocked');

  await open('');
  await page.getByRole('link', { name: /The budget for the organization is used up/ }).click();
  await page.waitForURL(/budgets\?show=bud_/);
  await expect(page.getByRole('heading', { name: /^Budget burn-down/ })).toBeVisible();
});

test('models are ordered and narrowed in the address, with how they were measured', async () => {
  await open('/models');
  await page.getByRole('combobox', { name: 'Order', exact: true }).selectOption('speed');
  await page.getByRole('searchbox').fill('demo/');
  await expect(page).toHaveURL(/sort=speed/);
  await page.reload();
  const row = page.getByRole('row', { name: /^demo\/echo/ });
  await expect(page.getByRole('combobox', { name: 'Order', exact: true })).toHaveValue('speed');
  // Measurements are kept for a quarter of a minute.
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText('100%', { timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
});

async function open(path: string): Promise<void> {
  await page.goto(`${product.url}${person.home}${path}`);
}

/** The rows come with the page; the filters are drawn when it listens to keys. */
async function ready(): Promise<void> {
  await expect(page.getByRole('region', { name: 'Filters' }).getByRole('checkbox').first()).toBeVisible();
}

function rows(): Locator {
  return page.getByRole('table', { name: 'Requests, newest first' }).locator('tbody tr');
}

function rowOf(id: string): Locator {
  return rows().filter({ has: page.getByRole('link', { name: `Open ${id}` }) });
}

async function call(model: string, tags: string): Promise<string> {
  const response = await fetch(`${product.apiBaseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.key}`, 'content-type': 'application/json', 'x-fairlead-tags': tags },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Which berth is free tonight?' }] }),
  });
  await response.arrayBuffer();
  return response.headers.get('x-request-id') ?? '';
}
