import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort, makeDataDir, ownerPid, type Product, startAndExpectRefusal, startProduct } from './product';

const dataDir = makeDataDir();
let product: Product;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  writeFileSync(path.join(dataDir, 'notes.txt'), 'not ours');
  product = await startProduct({ dataDir });
});

test.afterAll(async () => {
  await product?.stop();
  rmSync(path.dirname(dataDir), { recursive: true, force: true });
});

test('the banner says where the console and the API are and how to begin', () => {
  expect(product.output()).toContain(`${product.url}\n`);
  expect(product.output()).toContain(product.apiBaseUrl);
  expect(product.output()).toContain(`${product.url}/sign-up`);
});

test('the secrets are for their owner only, and other files in DATA_DIR stay', () => {
  expect(statSync(path.join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(readFileSync(path.join(dataDir, 'notes.txt'), 'utf8')).toBe('not ours');
});

test('the operations answer', async ({ request }) => {
  for (const route of ['/healthz', '/readyz', '/version']) expect((await request.get(product.url + route)).status(), route).toBe(200);
});

test('the front page opens in a browser without an error', async ({ page }) => {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(`${message.text()} ${message.location().url}`));
  await page.goto(product.url);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(problems).toEqual([]);
});

test('a second start on the same DATA_DIR says so and ends with 1', async () => {
  const { code, output } = await startAndExpectRefusal({ DATA_DIR: dataDir, PORT: String(await freePort()) });
  expect(code).toBe(1);
  expect(output).toContain(`already running on DATA_DIR ${dataDir}`);
  expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
});

test('a bad value stops the start with one line that names it', async () => {
  const { code, output } = await startAndExpectRefusal({ DATA_DIR: path.join(path.dirname(dataDir), 'other'), PORT: 'http' });
  expect(code).toBe(1);
  expect(output.trim()).toBe('Fairlead cannot start: PORT must be a whole number from 1 to 65535');
});

test('a killed gateway process comes back by itself', async () => {
  const gateway = await gatewayPid(product);
  process.kill(gateway, 'SIGKILL');
  await expect
    .poll(
      () =>
        fetch(`${product.url}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(200);
  expect(await gatewayPid(product)).not.toBe(gateway);
});

test('after kill -9 of everything the next start recovers by itself', async () => {
  const { port } = product;
  await product.kill();
  product = await startProduct({ dataDir, port });
  expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
});

test('SIGTERM to npm ends the whole product within 20 seconds', async () => {
  const owner = ownerPid(dataDir);
  const startedAt = Date.now();
  await product.stop();
  expect(Date.now() - startedAt).toBeLessThan(20_000);
  expect(() => process.kill(owner, 0)).toThrow();
  await expect(fetch(`${product.url}/healthz`)).rejects.toThrow();
  product = await startProduct({ dataDir });
});

/** The child of the supervisor that listens on the port; every process of the product is in npm's group. */
async function gatewayPid({ dataDir: folder }: Product): Promise<number> {
  const supervisor = ownerPid(folder);
  const children = readFileSync(`/proc/${supervisor}/task/${supervisor}/children`, 'utf8').trim().split(' ').map(Number);
  const gateway = children.find((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8').includes('FAIRLEAD_ROLE=gateway'));
  if (!gateway) throw new Error('There is no gateway process.');
  return gateway;
}
