import { chat, clientOf, createKey, signUp } from './person';
import type { Product } from './product';
import { expect, test } from './shared-product';

const HELLO = [{ role: 'user', content: 'Hello' }] as const;
let product: Product;

test.beforeAll(({ product: shared }) => {
  product = shared;
});

test('a key is limited to its models, shown once, and stops within a second of being revoked', async ({ page }) => {
  const { home } = await signUp(page, product);
  const key = await createKey(page, product, home, { name: 'support bot', models: ['fast-chat'] });
  const client = clientOf(product, key);

  const answer = await client.chat.completions.create({ model: 'fast-chat', messages: [...HELLO] });
  expect(answer.choices[0]?.message.content).toBe('Hello');
  await expect(client.chat.completions.create({ model: 'code-reasoner', messages: [...HELLO] })).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
  expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['fast-chat']);

  await page.reload();
  const row = page.getByRole('row', { name: /^support bot/ });
  await expect(row).toContainText(`…${key.slice(-4)}`);
  await expect(row).toContainText('fast-chat');
  await expect(page.locator('body')).not.toContainText(key);
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText('OpenAI/JS', { timeout: 1_000 });
  }).toPass({ timeout: 40_000 });

  await row.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toContainText('Revoked');
  await expect.poll(async () => (await chat(page, product, key)).status(), { timeout: 1_000, intervals: [50] }).toBe(401);
  await expect(client.chat.completions.create({ model: 'fast-chat', messages: [...HELLO] })).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' });

  await page.reload();
  await expect(row).toContainText('Revoked');
  await expect(row.getByRole('button', { name: 'Revoke' })).toHaveCount(0);
});

test('a rotated key works on for its grace period beside the new one', async ({ page }) => {
  const { home, key } = await signUp(page, product);
  await page.goto(`${product.url}${home}/keys`);
  await page.getByRole('button', { name: 'Rotate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('in 1 h').click();
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  const next = await dialog.getByLabel('API key').inputValue();
  await dialog.getByRole('button', { name: 'I have stored it' }).click();

  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: `replaced by …${next.slice(-4)}` })).toContainText('ends in');
  await expect(page.getByRole('row').filter({ hasText: `replaces …${key.slice(-4)}` })).toBeVisible();
  for (const each of [key, next]) expect((await chat(page, product, each)).status()).toBe(200);

  await page.getByRole('link', { name: 'first key' }).first().click();
  await page.waitForURL(/\/keys\/key_/);
  const line = page.getByRole('region', { name: 'Rotations' }).getByRole('link');
  await expect(line).toHaveText([`…${next.slice(-4)}`, `…${key.slice(-4)}`]);
  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'key.rotate' })).toBeVisible();
});

test('a key rotated without grace stops within a second', async ({ page }) => {
  const { home, key } = await signUp(page, product);
  await page.goto(`${product.url}${home}/keys`);
  await page.getByRole('button', { name: 'Rotate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('now').click();
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  const next = await dialog.getByLabel('API key').inputValue();
  await expect.poll(async () => (await chat(page, product, key)).status(), { timeout: 1_000, intervals: [50] }).toBe(401);
  expect((await chat(page, product, next)).status()).toBe(200);
});

test('a key stops at its budget, and its row says how much of it is spent', async ({ page }) => {
  const { home } = await signUp(page, product);
  await page.goto(`${product.url}${home}/keys`);
  await page.getByRole('button', { name: 'Create key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('small budget');
  await dialog.getByLabel('Budget (USD)').fill('0.004');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const client = clientOf(product, await dialog.getByLabel('API key').inputValue());
  await dialog.getByRole('button', { name: 'I have stored it' }).click();

  // An echo of 1,600 words costs 1,600 × ($0.10 + $0.40) / 1M = $0.0008.
  const long = { model: 'demo/echo', max_tokens: 1_600, messages: [{ role: 'user' as const, content: 'word '.repeat(1_600).trim() }] };
  let answered = 0;
  const callUntilRefused = async () => {
    for (; answered < 20; answered++) await client.chat.completions.create(long);
  };
  await expect(callUntilRefused()).rejects.toMatchObject({ status: 429, code: 'insufficient_quota' });
  expect(answered).toBeGreaterThan(0);
  await page.reload();
  await expect(page.getByRole('row', { name: /^small budget/ })).toContainText(`$${(answered * 0.0008).toFixed(4)} of $0.0040`);
});
