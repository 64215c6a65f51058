// `npm run screenshots`: starts the product on an empty folder, signs up, makes some calls, and takes pictures of the main
// pages in both themes, both languages and two widths. They go to screenshots/, which git ignores.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { browserFlags, findBrowser } from './browser.mjs';
import { root } from './fingerprint.mjs';

const folder = path.join(root, 'screenshots');
const LANGUAGES = ['en', 'zh-CN'];
const THEMES = ['light', 'dark'];
const WIDTHS = [1280, 360];

const product = await startProduct();
try {
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserFlags });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  const { home, key } = await signUp(page);
  const requests = await makeCalls(key);
  const routes = {
    landing: '/',
    pricing: '/pricing',
    overview: home,
    keys: `${home}/keys`,
    logs: `${home}/logs`,
    request: `${home}/logs/${requests.flaky}`,
    'request-routing': `${home}/logs/${requests.flaky}?tab=routing`,
    'request-stream': `${home}/logs/${requests.stream}`,
    'request-cost': `${home}/logs/${requests.stream}?tab=cost`,
    'request-failed': `${home}/logs/${requests.down}?tab=response`,
    usage: `${home}/usage`,
    models: `${home}/models`,
    general: `${home}/settings/general`,
    security: `${home}/settings/security`,
    billing: `${home}/settings/billing`,
    upgrade: `${home}/upgrade`,
  };
  for (const language of LANGUAGES) {
    await context.addCookies([{ name: 'NEXT_LOCALE', value: language, url: product.url }]);
    for (const [name, route] of Object.entries(routes)) await capture(page, route, name, language);
    await captureWelcome(page, language);
    const outside = await browser.newContext({ reducedMotion: 'reduce' });
    await outside.addCookies([{ name: 'NEXT_LOCALE', value: language, url: product.url }]);
    const stranger = await outside.newPage();
    for (const name of ['sign-up', 'sign-in']) await capture(stranger, `/${name}`, name, language);
    await outside.close();
  }
  await browser.close();
  console.log(`The pictures are in ${path.relative(process.cwd(), folder)}/.`);
} catch (error) {
  console.error(product.output());
  throw error;
} finally {
  await product.stop();
}

async function capture(page, route, name, language) {
  await page.goto(product.url + route);
  await settle(page);
  await shoot(page, name, language);
}

/** The page as a newcomer sees it after the first call. */
async function captureWelcome(page, language) {
  await page.goto(`${product.url}/welcome`);
  const sent = page.waitForResponse((response) => response.url().endsWith('/v1/chat/completions'));
  await page.locator('main button', { hasText: language === 'en' ? 'Send it for me' : '发送' }).click();
  await sent;
  await page.getByRole('status').getByText('200').waitFor();
  await shoot(page, 'welcome', language);
}

async function shoot(page, name, language) {
  for (const width of WIDTHS) {
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height: 800 });
      // Charts draw themselves anew for a new width.
      await delay(250);
      // As tall as the page, so that what sticks to the window spans the whole picture.
      await page.setViewportSize({ width, height: await page.evaluate(() => Math.max(800, document.documentElement.scrollHeight)) });
      await page.screenshot({ path: path.join(folder, `${name}-${language}-${theme}-${width}.png`) });
    }
  }
}

async function settle(page) {
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('[aria-busy=true], .animate-wait'));
  await page.evaluate(() => document.fonts.ready);
}

async function signUp(page) {
  await page.goto(`${product.url}/sign-up`);
  await page.locator('input[name=name]').fill('Robin');
  await page.locator('input[name=email]').fill('robin@example.com');
  await page.locator('input[name=password]').fill('correct horse battery');
  await page.locator('input[name=organization]').fill('Example');
  await page.locator('form button[type=submit]').click();
  await page.waitForURL('**/welcome');
  return {
    home: await page.getByRole('link', { name: 'Go to the console' }).getAttribute('href'),
    key: await page.getByLabel('API key').inputValue(),
  };
}

/** A handful of everything: aliases, streams, a retry, a failure, a refusal. Returns the ids of some. */
async function makeCalls(key) {
  const question = 'Which of our three plans fits a team of five that makes about forty thousand calls a month? Answer in one sentence.';
  for (const model of ['fast-chat', 'zh-business', 'demo/lorem', 'demo/json', 'fast-chat', 'demo/lorem']) await call(key, { model, question });
  await call(key, { model: 'gpt-4', question });
  const down = await call(key, { model: 'demo/down', question });
  const flaky = await call(key, { model: 'demo/flaky', question });
  await call(key, { model: 'code-reasoner', question: 'Write a function that adds two numbers. '.repeat(60) });
  const stream = await call(key, { model: 'fast-chat', question, stream: true });
  return { down, flaky, stream };
}

async function call(key, { model, question, stream }) {
  const response = await fetch(`${product.url}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'user-agent': 'OpenAI/Python 2.1.0',
      'x-fairlead-tags': 'feature=pricing,team=growth',
    },
    body: JSON.stringify({ model, ...(stream && { stream, stream_options: { include_usage: true } }), user: 'customer-17', messages: [{ role: 'user', content: question }] }),
  });
  await response.arrayBuffer();
  return response.headers.get('x-request-id');
}

async function startProduct() {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'fairlead-screenshots-'));
  chmodSync(parent, 0o755);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn('npm', ['start', '--silent'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), HOST: '127.0.0.1', APP_URL: '', DATABASE_URL: '', DATA_DIR: path.join(parent, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`The product did not start (exit code ${child.exitCode}):\n${output}`);
    await delay(200);
  }
  return {
    url,
    output: () => output,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      while (existsSync(path.join(parent, 'data', 'owner.lock'))) await delay(50);
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

async function isReady(url) {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
