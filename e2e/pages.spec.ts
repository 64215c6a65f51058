import type { Browser, BrowserContext, Page } from '@playwright/test';
import { findViolations, type Rules } from './axe';
import { chat, type Person, signUp, watchProblems } from './person';
import type { Product } from './product';
import { pagesOf } from './routes';
import { expect, signInAsOperator, test as shared } from './shared-product';

const LANGUAGES = ['en', 'zh-CN'] as const;

interface View {
  theme: 'light' | 'dark';
  width: number;
  rules: Rules;
}

/** Both themes at both widths. All rules at both widths; what a theme can break, colours, in all four. */
const VIEWS: readonly View[] = [
  { theme: 'light', width: 1280, rules: 'all' },
  { theme: 'dark', width: 1280, rules: 'colors' },
  { theme: 'dark', width: 360, rules: 'all' },
  { theme: 'light', width: 360, rules: 'colors' },
];

/** Colours are the same in every language: in another one each theme and each width is looked at once. */
const VIEWS_ELSEWHERE = VIEWS.filter(({ rules }) => rules === 'all');

interface Tenant extends Person {
  state: Awaited<ReturnType<BrowserContext['storageState']>>;
  /** Requests of every kind there is, as their pages' addresses below `/logs/`. */
  requests: string[];
  keys: string[];
}

/** Once for a worker: somebody with an organization that has made some calls. */
const test = shared.extend<object, { tenant: Tenant }>({
  tenant: [
    async ({ browser, product }, use) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const person = await signUp(page, product, 'An organization whose name is rather long');
      const ids: Record<string, string> = {};
      for (const model of ['fast-chat', 'demo/flaky', 'demo/down', 'demo/lorem'])
        ids[model] = (await chat(page, product, person.key, model)).headers()['x-request-id'] ?? '';
      const requests = [`${ids['fast-chat']}`, `${ids['demo/flaky']}?tab=routing`, `${ids['demo/flaky']}?tab=cost`, `${ids['demo/down']}?tab=response`];
      await page.goto(`${product.url}${person.home}/keys`);
      const keyId = ((await page.getByRole('link', { name: 'first key' }).getAttribute('href')) ?? '').split('/').at(-1);
      await use({ ...person, state: await context.storageState(), requests, keys: [`${keyId}`, `${keyId}?tab=usage`] });
      await context.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

// One test for an audience and a language: as many as the workers may share out among themselves.
test.describe.configure({ mode: 'parallel' });

const softly = expect.configure({ soft: true });
const SOUND = 'has one heading, no sideways scroll, no error, and nothing that axe objects to';

for (const language of LANGUAGES) {
  test(`every page of the console in ${language} ${SOUND}`, async ({ browser, product, tenant }) => {
    await inspectAll(browser, product, { language, state: tenant.state, routes: pagesOf(['console'], tenant) });
  });

  test(`every page of the operator in ${language} ${SOUND}`, async ({ browser, product, tenant }) => {
    const context = await browser.newContext();
    await signInAsOperator(await context.newPage(), product);
    const state = await context.storageState();
    await context.close();
    await inspectAll(browser, product, { language, state, routes: pagesOf(['operator', 'setup'], tenant) });
  });

  test(`every page that a stranger may see in ${language} ${SOUND}`, async ({ browser, product }) => {
    await inspectAll(browser, product, { language, routes: pagesOf(['site', 'auth']) });
  });
}

test('pages of an organization without a single call are as sound, and teach the first one', async ({ browser, product }) => {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const problems = watchProblems(context, product);
  const page = await context.newPage();
  const { home } = await signUp(page, product);
  for (const path of ['', '/logs', '/usage']) {
    await inspect(page, product.url + home + path, 'en', problems);
    await expect(page.getByRole('main')).toContainText('curl');
  }
  await context.close();
});

test('dialogs are as sound as the pages under them', async ({ browser, product, tenant }) => {
  const context = await browser.newContext({ storageState: tenant.state, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${product.url}${tenant.home}/keys`);
  for (const name of ['Create key', 'Rotate', 'Revoke']) {
    await page.getByRole('button', { name }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    if (name === 'Create key') await page.getByRole('dialog').getByLabel('Only these').click();
    for (const view of VIEWS) await inspectView(page, view, `the dialog of ${name}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await context.close();
});

async function inspectAll(
  browser: Browser,
  product: Product,
  { language, state, routes }: { language: string; state?: Tenant['state']; routes: string[] },
): Promise<void> {
  test.setTimeout(400_000);
  // The theme is the system's until somebody chooses one, so it can change without a new load.
  const context = await browser.newContext({ storageState: state, reducedMotion: 'reduce' });
  await context.addCookies([{ name: 'NEXT_LOCALE', value: language, url: product.url }]);
  const problems = watchProblems(context, product);
  const page = await context.newPage();
  expect(routes.length).toBeGreaterThan(0);
  for (const route of routes) await inspect(page, product.url + route, language, problems);
  await context.close();
}

async function inspect(page: Page, url: string, language: string, problems: string[]): Promise<void> {
  problems.length = 0;
  await page.goto(url);
  const where = `${new URL(url).pathname} in ${language}`;
  await expect(page.locator('html'), where).toHaveAttribute('lang', language);
  await expect(page.locator('[aria-busy=true], .animate-wait'), where).toHaveCount(0);
  for (const view of language === 'en' ? VIEWS : VIEWS_ELSEWHERE) await inspectView(page, view, where);
  expect.soft(problems, where).toEqual([]);
}

async function inspectView(page: Page, { theme, width, rules }: View, what: string): Promise<void> {
  const where = `${what}, ${theme}, ${width} px`;
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width, height: 800 });
  await page.waitForFunction((theme) => document.documentElement.classList.contains(theme), theme);
  // A chart follows a new width a moment later.
  await softly.poll(() => page.evaluate(shapeOf), { message: where, timeout: 5_000 }).toEqual({ headings: 1, sideways: 0 });
  expect.soft(await findViolations(page, rules), where).toEqual([]);
}

/** In the browser. */
function shapeOf(): { headings: number; sideways: number } {
  return {
    headings: [...document.querySelectorAll('h1')].filter((heading) => heading.checkVisibility()).length,
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
}
