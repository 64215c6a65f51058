// `npm run screenshots [-- part of an address …]`: starts the product on an empty folder, signs up, makes some calls, loads
// the sample data, and takes pictures of every page in both themes, both languages and two widths. They go to screenshots/,
// which git ignores. Which pages there are is read from the app folder (e2e/routes.ts).
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { chat, PASSWORD, type Person } from '../e2e/person';
import { type Product, startProduct } from '../e2e/product';
import { type Audience, pagesOf } from '../e2e/routes';
import { browserFlags, findBrowser } from './browser.mjs';

const folder = path.resolve(import.meta.dirname, '../screenshots');
const LANGUAGES = ['en', 'zh-CN'];
const THEMES = ['light', 'dark'] as const;
const WIDTHS = [1280, 360];
const OPERATOR = { email: 'owner@example.com', password: `${PASSWORD} staple` };
const QUESTION = 'Which of our three plans fits a team of five that makes about forty thousand calls a month? Answer in one sentence.';
const wanted = process.argv.slice(2);

const product = await startProduct({ env: { ADMIN_EMAIL: OPERATOR.email, ADMIN_PASSWORD: OPERATOR.password } });
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserFlags });
try {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const tenant = await browser.newContext({ reducedMotion: 'reduce' });
  const person = await signUpAsRobin(await tenant.newPage(), product);
  const place = { home: person.home, requests: await makeCalls(await tenant.newPage(), product, person) };
  const operator = await signInAsOperator(browser, product);
  for (const language of LANGUAGES) {
    await captureAll(await browser.newContext({ reducedMotion: 'reduce' }), language, ['site', 'auth'], place);
    await captureAll(tenant, language, ['console'], place);
    await captureAll(operator, language, ['operator', 'setup'], place);
  }
  console.log(`The pictures are in ${path.relative(process.cwd(), folder)}/.`);
} catch (error) {
  console.error(product.output());
  throw error;
} finally {
  await browser.close();
  await product.stop();
}

async function captureAll(context: BrowserContext, language: string, audiences: readonly Audience[], place: { home: string; requests: string[] }): Promise<void> {
  await context.addCookies([{ name: 'NEXT_LOCALE', value: language, url: product.url }]);
  const page = await context.newPage();
  for (const route of pagesOf(audiences, place)) {
    if (wanted.length > 0 && !wanted.some((part) => route.includes(part))) continue;
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(product.url + route);
    await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('[aria-busy=true], .animate-wait'));
    await page.evaluate(() => document.fonts.ready);
    await capture(page, `${nameOf(route, place)}-${language}`);
  }
  await page.close();
}

async function capture(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height: 800 });
      // Charts draw themselves anew for a new width.
      await delay(200);
      // As tall as the page, so that what sticks to the window spans the whole picture.
      await page.setViewportSize({ width, height: await page.evaluate(() => Math.max(800, document.documentElement.scrollHeight)) });
      await page.screenshot({ path: path.join(folder, `${name}-${theme}-${width}.png`) });
    }
  }
}

/** `/org-1/logs/req_…?tab=cost` → `org-logs-2-cost`: the same name on every run. */
function nameOf(route: string, { home, requests }: { home: string; requests: string[] }): string {
  const request = requests.findIndex((each) => route.endsWith(`/logs/${each}`));
  const shown = request < 0 ? route : `${home}/logs/${request + 1}${requests[request]?.replace(/^[^?]*\??(tab=)?/, '/') ?? ''}`;
  return shown.replace(home, '/org').split('/').filter(Boolean).join('-') || 'landing';
}

async function signUpAsRobin(page: Page, { url }: Product): Promise<Person> {
  const email = 'robin@example.com';
  await page.goto(`${url}/sign-up`);
  await page.locator('input[name=name]').fill('Robin');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('input[name=organization]').fill('Example');
  await page.locator('form button[type=submit]').click();
  await page.waitForURL('**/welcome');
  const home = (await page.getByRole('link', { name: 'Go to the console' }).getAttribute('href')) ?? '';
  const key = await page.getByLabel('API key').inputValue();
  await page.goto(`${url}${home}/settings/general`);
  await page.getByRole('button', { name: 'Load sample data' }).click();
  await page.getByText('Sample data loaded').waitFor({ timeout: 180_000 });
  await page.close();
  return { email, home, key };
}

/** A handful of everything beside the sample data: aliases, streams, a retry, a failure, a refusal. Returns addresses below `/logs/`. */
async function makeCalls(page: Page, product: Product, { key }: Person): Promise<string[]> {
  for (const model of ['zh-business', 'demo/lorem', 'demo/json', 'code-reasoner', 'gpt-4']) await chat(page, product, key, model);
  const idOf = async (model: string): Promise<string> => (await chat(page, product, key, model)).headers()['x-request-id'] ?? '';
  const flaky = await idOf('demo/flaky');
  const down = await idOf('demo/down');
  const streamed = await page.request.post(`${product.apiBaseUrl}/chat/completions`, {
    headers: { authorization: `Bearer ${key}`, 'x-fairlead-tags': 'feature=pricing,team=growth' },
    data: { model: 'fast-chat', stream: true, stream_options: { include_usage: true }, user: 'customer-17', messages: [{ role: 'user', content: QUESTION }] },
  });
  const stream = streamed.headers()['x-request-id'] ?? '';
  await page.close();
  return [flaky, `${flaky}?tab=routing`, stream, `${stream}?tab=cost`, `${down}?tab=response`];
}

async function signInAsOperator(browser: Browser, { url }: Product): Promise<BrowserContext> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${url}/sign-in?next=/admin`);
  await page.getByLabel('Email').fill(OPERATOR.email);
  await page.getByLabel('Password', { exact: true }).fill(OPERATOR.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${url}/admin`);
  await page.close();
  return context;
}
