import { readFileSync } from 'node:fs';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { moneyExact, moneyShort } from '@/lib/format/money';
import { formatUsd, type Money, parseUsd } from '@/lib/kernel/money';
import { clientOf, createKey, type Person, signUp } from './person';
import type { Product } from './product';
import { expect, test } from './shared-product';

/** Long enough that sums of costs show in the four decimals of a chart. */
const PROMPT = 'word '.repeat(1_500);

interface Call {
  key: string;
  model: string;
  id: string;
  /** As the answer itself said, by header or in the last chunk. */
  cost: string;
}

let product: Product;
let context: BrowserContext;
let page: Page;
let person: Person;
let otherKey: string;
const calls: Record<'alias' | 'stream' | 'flaky' | 'down' | 'unknown' | 'otherKey', Call> = {} as never;
/** All that was called, in order. */
const made: Call[] = [];

test.beforeAll(async ({ browser, product: shared }) => {
  product = shared;
  context = await browser.newContext();
  page = await context.newPage();
  person = await signUp(page, product);
  otherKey = await createKey(page, product, person.home, { name: 'batch job' });
  calls.alias = await call(person.key, 'fast-chat');
  calls.stream = await stream(person.key, 'demo/echo');
  calls.flaky = await call(person.key, 'demo/flaky');
  calls.down = await call(person.key, 'demo/down');
  calls.unknown = await call(person.key, 'gpt-4');
  calls.otherKey = await call(otherKey, 'demo/echo');
});

test.afterAll(async () => {
  await context?.close();
});

test('the list shows every call, answered or not, with what answered it', async () => {
  await open('/logs');
  for (const _visit of ['first', 'after a reload']) {
    await expect(rows()).toHaveCount(made.length);
    await expect(rowOf(calls.alias)).toContainText(/fast-chat.*demo\/echo/);
    await expect(rowOf(calls.alias)).toContainText('200');
    await expect(rowOf(calls.flaky).getByRole('img', { name: 'Answered after 2 attempts' })).toBeVisible();
    await expect(rowOf(calls.down)).toContainText('502');
    await expect(rowOf(calls.unknown)).toContainText('404');
    await expect(rowOf(calls.otherKey)).toContainText('batch job');
    await page.reload();
  }
});

test('a search and a filter are in the address, survive a reload, and go into the export', async () => {
  await open('/logs');
  await page.getByRole('searchbox').fill('status:502');
  await expect(page).toHaveURL(/q=status:502|q=status%3A502/);
  await expect(rows()).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('status:502');
  await expect(rows()).toHaveCount(1);
  await expect(rowOf(calls.down)).toBeVisible();

  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'JSONL' }).click()]);
  const exported = readFileSync(await download.path(), 'utf8').trim().split('\n');
  expect(exported.map((line) => JSON.parse(line).id)).toEqual([calls.down.id]);

  await open('/logs?status=4xx');
  await expect(rows()).toHaveCount(1);
  await expect(rowOf(calls.unknown)).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows()).toHaveCount(made.length);
  await page.goBack();
  await expect(rows()).toHaveCount(1);

  await open('/logs');
  await page.getByRole('searchbox').fill(calls.alias.id);
  await expect(rows()).toHaveCount(1);
  await expect(rowOf(calls.alias)).toBeVisible();
});

test('a view that is shared is in the menu of everybody, also after a reload', async () => {
  await open('/logs?status=502');
  await page.getByRole('button', { name: 'Save view' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('provider trouble');
  await dialog.getByLabel('Share with everybody in the organization').click();
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await expect(dialog).toHaveCount(0);
  // Another browser of the organization would find nothing in this one's storage.
  await page.evaluate(() => localStorage.clear());
  await open('/logs');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'provider trouble' }).click();
  await expect(page).toHaveURL(/status=502/);
});

test('live shows a new call without a reload', async () => {
  await open('/logs?model=demo/lorem');
  await expect(page.getByText('No matches')).toBeVisible();
  await page.getByRole('switch', { name: 'Live' }).click();
  await call(person.key, 'demo/lorem');
  await expect(rows()).toHaveCount(1);
  await expect(rows()).toContainText('demo/lorem');
});

test('the lines of a cost are tokens times rate, and add up to what the answer said it cost', async () => {
  for (const one of [calls.alias, calls.stream, calls.flaky]) {
    await open(`/logs/${one.id}?tab=cost`);
    const table = page.getByRole('table', { name: 'Cost by item' });
    await expect(table.getByRole('row', { name: 'Charged' })).toContainText(`$${one.cost}`);
    const lines = await cellsOf(table.locator('tbody tr'));
    expect(lines).toHaveLength(2);
    // In billionths of a billionth: no digit may be lost before the sum is rounded up once.
    const amounts = lines.map(([, tokens = '', rate = '', amount = '']) => {
      const exact = BigInt(tokens.replaceAll(',', '')) * digits(/\$([\d.]+)/.exec(rate)?.[1] ?? '', 9);
      expect(digits(amount.slice(1), 15)).toBe(exact);
      return exact;
    });
    const sum = amounts.reduce((total, amount) => total + amount, 0n);
    expect(digits(one.cost, 9)).toBe((sum + 999_999n) / 1_000_000n);
  }
});

test('a retry is an attempt of its own, with its status and its reason', async () => {
  await open(`/logs/${calls.flaky.id}`);
  await page.getByRole('tab', { name: 'Routing' }).click();
  await expect(page).toHaveURL(/tab=routing/);
  await page.reload();
  const table = page.getByRole('table', { name: 'Attempts' });
  await expect(table).toBeVisible();
  const attempts = await cellsOf(table.locator('tbody tr'));
  expect(attempts.map(([number, , why]) => [number, why])).toEqual([
    ['1', expect.stringMatching(/^first choice/)],
    ['2', expect.stringMatching(/^retry/)],
  ]);
  expect(attempts[0]?.[3]).toContain('503 overloaded');
  expect(attempts[1]?.[3]).toMatch(/200 completed/i);

  await open(`/logs/${calls.down.id}?tab=routing`);
  await expect(page.getByRole('note')).toContainText('upstream_error');
  await expect(page.getByRole('table', { name: 'Attempts' }).locator('tbody tr').first()).toContainText('503');
  await expect(page.getByText('Charged: $0.')).toBeVisible();
});

test('usage shows the spend of the day by model and by key, equal to the sum of the calls', async () => {
  const echo = made.filter(({ model }) => model === 'fast-chat' || model === 'demo/echo');
  await open('/usage?range=7d');
  await expectSpend({ 'demo/echo': echo, 'demo/flaky': [calls.flaky] });
  await page.getByRole('button', { name: 'key', exact: true }).click();
  await expect(page).toHaveURL(/group=key/);
  await page.reload();
  await expectSpend({ 'first key': made.filter(({ key }) => key === person.key), 'batch job': [calls.otherKey] });
});

test("another organization's request is not found, whoever asks", async ({ browser }) => {
  const other = await browser.newContext();
  const strange = await other.newPage();
  const stranger = await signUp(strange, product);
  expect((await strange.goto(`${product.url}${stranger.home}/logs/${calls.alias.id}`))?.status()).toBe(404);
  expect((await strange.goto(`${product.url}${person.home}/logs/${calls.alias.id}`))?.status()).toBe(404);
  expect((await strange.request.get(`${product.url}/api/console${stranger.home}/requests/${calls.alias.id}`)).status()).toBe(404);
  expect((await strange.request.get(`${product.url}/api/console${person.home}/requests`)).status()).toBe(404);
  await other.close();
});

async function open(path: string): Promise<void> {
  await page.goto(`${product.url}${person.home}${path}`);
}

function rows(): Locator {
  return page.getByRole('table', { name: 'Requests, newest first' }).locator('tbody tr');
}

function rowOf({ id }: Call): Locator {
  return rows().filter({ has: page.getByRole('link', { name: `Open ${id}` }) });
}

function cellsOf(found: Locator): Promise<string[][]> {
  return found.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => (cell.textContent ?? '').trim())));
}

/** The chart's own table for today, and the exact sums below it. */
async function expectSpend(expected: Record<string, Call[]>): Promise<void> {
  // The first is the chart's; the hours of the week have one, too, once they are there.
  await page.getByRole('button', { name: 'View as table' }).first().click();
  const table = page.getByRole('table', { name: /^Spend per day by/ });
  const pivot = page.getByRole('table', { name: /^Usage by/ });
  const names = await table.getByRole('columnheader').allInnerTexts();
  const [today = []] = await cellsOf(table.locator('tbody tr').last());
  for (const [name, ofIt] of Object.entries(expected)) {
    const sum = formatUsd(ofIt.reduce((total, { cost }) => total + parseUsd(cost), 0n) as Money);
    expect(today[names.indexOf(name)], name).toBe(moneyShort(sum));
    await expect(pivot.getByRole('row', { name }).getByRole('cell').first().locator('span')).toHaveAttribute('title', moneyExact(sum));
  }
}

/** A decimal amount as a whole number of its `places`-th digits. */
function digits(decimal: string, places: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  expect(fraction.length).toBeLessThanOrEqual(places);
  return BigInt(whole + fraction.padEnd(places, '0'));
}

async function call(key: string, model: string): Promise<Call> {
  const response = await fetch(`${product.apiBaseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: PROMPT }] }),
  });
  await response.arrayBuffer();
  return remember({ key, model, id: response.headers.get('x-request-id') ?? '', cost: response.headers.get('x-fairlead-cost-usd') ?? '0' });
}

/** A stream through the official client; its cost is in the last chunk. */
async function stream(key: string, model: string): Promise<Call> {
  const { data, response } = await clientOf(product, key)
    .chat.completions.create({ model, stream: true, stream_options: { include_usage: true }, messages: [{ role: 'user', content: PROMPT }] })
    .withResponse();
  let cost = '';
  for await (const { usage } of data) if (usage) cost = String((usage as { cost?: string | number }).cost);
  return remember({ key, model, id: response.headers.get('x-request-id') ?? '', cost });
}

function remember(one: Call): Call {
  made.push(one);
  return one;
}
