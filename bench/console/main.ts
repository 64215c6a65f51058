// npm run bench:console: a million logged requests of one organization, then how long its logs page takes. Page: from the
// request to its last byte, rows included. Filter: from the press on a filter to the frame that shows the new rows.
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { env } from '@/lib/env';
import { attachInstallation } from '@/lib/platform';
import { browserFlags, findBrowser } from '../../scripts/browser.mjs';
import { startProduct } from '../processes';
import { fillLogs } from './fill-logs';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 6);
const OWNER = { email: 'bench@example.com', password: 'bench-password-1' };

const PLAN = `apiVersion: fairlead/v1
plans:
  - id: bench
    name: Bench
    models: { allow: ["*"], deny: [] }
    logRetentionDays: 31
    prepaid: false
`;

const VIEWS = [
  '',
  '?range=30d',
  '?status=failed',
  '?model=model-1',
  '?range=30d&user=user-1990',
  '?tag=feature=search',
  '?q=status:503',
  '?key_id=key_scale00000000000000003&range=24h',
];

const product = await startProduct('node', PLAN);
let browser: Browser | undefined;
try {
  const org = await product.cli<{ slug: string }>('org', 'create', '--name', 'Bench', '--owner', OWNER.email, '--password', OWNER.password, '--plan', 'bench');
  process.env.DATA_DIR = product.dataDir;
  await attachInstallation();
  const seconds = await fillLogs(env().databaseUrl, org.slug, ROWS);
  console.log(`${ROWS.toLocaleString('en')} requests written in ${seconds.toFixed(0)} s`);
  browser = await chromium.launch({ executablePath: await findBrowser(), args: browserFlags });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  // The loader keeps the names of functions through a helper that a browser does not have.
  await context.addInitScript('globalThis.__name = (value) => value');
  const page = await signIn(context);
  report('page, all bytes', await timePages(context, `${product.origin}/${org.slug}/logs`));
  report('filter to paint', await timeFilters(page, `${product.origin}/${org.slug}/logs`));
} finally {
  await browser?.close();
  await product.stop();
}

async function signIn(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${product.origin}/sign-in`);
  await page.getByLabel('Email').fill(OWNER.email);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return page;
}

async function timePages(context: BrowserContext, base: string): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const view of VIEWS) {
      const startedAt = performance.now();
      const answer = await context.request.get(base + view);
      const body = await answer.text();
      if (!answer.ok() || !body.includes('data-request=')) throw new Error(`${base}${view} showed no rows (${answer.status()})`);
      // The first round warms the caches of a database that has just been filled.
      if (round > 0) times.push(performance.now() - startedAt);
    }
  }
  return times;
}

/** Presses filters of the open page one after another, each on and off again. */
async function timeFilters(page: Page, address: string): Promise<number[]> {
  await page.goto(address);
  const names = ['Failed', 'model-1', 'alias-2', 'provider-3', 'team=core', 'Fallback'];
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) {
      for (const _press of ['on', 'off']) {
        const box = page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).first();
        await box.waitFor();
        await page.waitForLoadState('networkidle');
        times.push(await box.evaluate(timeToRows));
      }
    }
  }
  return times;
}

/** Runs in the page: from a press to the second frame after the table holds other rows. */
function timeToRows(box: Element): Promise<number> {
  const rowsOf = (): string => [...document.querySelectorAll('[data-request]')].map((row) => row.getAttribute('data-request')).join();
  const before = rowsOf();
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const watch = new MutationObserver(() => {
      const table = document.querySelector('table[aria-busy]');
      if (table || rowsOf() === before) return;
      watch.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - startedAt)));
    });
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-busy', 'data-request'] });
    setTimeout(() => reject(new Error('the rows did not change')), 20_000);
    (box as HTMLElement).click();
  });
}

function report(name: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string => `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)} ms`;
  console.log(`${name}: p50 ${at(0.5)}, p95 ${at(0.95)}, slowest ${at(1)} of ${sorted.length}`);
}
