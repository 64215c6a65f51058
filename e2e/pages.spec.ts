import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { ORG_PAGES } from './console-pages';
import { chat, type Person, signUp, watchProblems } from './person';
import { type Product, startProduct } from './product';

const LANGUAGES = ['en', 'zh-CN'] as const;
const THEMES = ['light', 'dark'] as const;
const WIDTHS = [1280, 360] as const;
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let product: Product;
let context: BrowserContext;
let page: Page;
let problems: string[];
let person: Person;
const requests: string[] = [];
let keyId: string;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  product = await startProduct();
  // The theme is the system's until somebody chooses one, so it can change without a new load.
  context = await browser.newContext({ reducedMotion: 'reduce' });
  page = await context.newPage();
  problems = watchProblems(context, product);
  person = await signUp(page, product, 'An organization whose name is rather long');
  for (const model of ['fast-chat', 'demo/flaky', 'demo/down', 'demo/lorem']) {
    requests.push((await chat(page, product, person.key, model)).headers()['x-request-id'] ?? '');
  }
  await page.goto(`${product.url}${person.home}/keys`);
  keyId = ((await page.getByRole('link', { name: 'first key' }).getAttribute('href')) ?? '').split('/').at(-1) ?? '';
});

test.afterAll(async () => {
  await context?.close();
  await product?.stop();
});

for (const language of LANGUAGES) {
  test(`every page in ${language} has one heading, no sideways scroll, no error, and nothing that axe objects to`, async () => {
    test.setTimeout(240_000);
    await context.addCookies([{ name: 'NEXT_LOCALE', value: language, url: product.url }]);
    for (const route of ['/', '/pricing', '/welcome', '/account/profile', '/account/security', '/account/preferences', ...ORG_PAGES.map((path) => person.home + path), ...detailPages()]) await inspect(page, route, language);
  });

  test(`the doors in ${language}, seen by a stranger, likewise`, async ({ browser }) => {
    const outside = await browser.newContext({ reducedMotion: 'reduce' });
    const found = watchProblems(outside, product);
    await outside.addCookies([{ name: 'NEXT_LOCALE', value: language, url: product.url }]);
    const stranger = await outside.newPage();
    for (const route of ['/sign-up', '/sign-in', '/forgot', '/invite/none', '/reset/none', '/verify/none']) await inspect(stranger, route, language, found);
    await outside.close();
  });
}

test('pages of an organization without a single call are as sound, and teach the first one', async ({ browser }) => {
  const fresh = await browser.newContext({ reducedMotion: 'reduce' });
  const found = watchProblems(fresh, product);
  const newcomer = await fresh.newPage();
  const { home } = await signUp(newcomer, product);
  for (const path of ['', '/logs', '/usage']) {
    await inspect(newcomer, home + path, 'en', found);
    await expect(newcomer.getByRole('main')).toContainText('curl');
  }
  await fresh.close();
});

test('dialogs are as sound as the pages under them', async () => {
  await context.addCookies([{ name: 'NEXT_LOCALE', value: 'en', url: product.url }]);
  await page.goto(`${product.url}${person.home}/keys`);
  for (const name of ['Create key', 'Rotate', 'Revoke']) {
    await page.getByRole('button', { name }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    if (name === 'Create key') await page.getByRole('dialog').getByLabel('Only these').click();
    for (const theme of THEMES) for (const width of WIDTHS) await inspectView(page, theme, width, `the dialog of ${name}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

function detailPages(): string[] {
  const [alias, flaky, down] = requests;
  return [`/keys/${keyId}`, `/keys/${keyId}?tab=usage`, '/models/demo/echo', '/models/fast-chat', `/logs/${alias}`, `/logs/${flaky}?tab=routing`, `/logs/${flaky}?tab=cost`, `/logs/${down}?tab=response`].map((path) => person.home + path);
}

async function inspect(on: Page, route: string, language: string, found = problems): Promise<void> {
  found.length = 0;
  await on.goto(product.url + route);
  await expect(on.locator('html'), route).toHaveAttribute('lang', language);
  await expect(on.locator('[aria-busy=true], .animate-wait'), route).toHaveCount(0);
  for (const theme of THEMES) for (const width of WIDTHS) await inspectView(on, theme, width, `${route} in ${language}`);
  expect(found, route).toEqual([]);
}

async function inspectView(on: Page, theme: 'light' | 'dark', width: number, what: string): Promise<void> {
  const where = `${what}, ${theme}, ${width} px`;
  await on.emulateMedia({ colorScheme: theme });
  await on.setViewportSize({ width, height: 800 });
  await expect(on.locator('html'), where).toHaveClass(new RegExp(`\\b${theme}\\b`));
  await expect(on.locator('h1:visible'), where).toHaveCount(1);
  expect(await on.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), where).toBe(0);
  const { violations } = await new AxeBuilder({ page: on }).withTags(STANDARDS).analyze();
  expect.soft(violations.map(({ id, nodes }) => `${where}: ${id} at ${nodes.map(({ html }) => html.slice(0, 200)).join(' and ')}`)).toEqual([]);
}
