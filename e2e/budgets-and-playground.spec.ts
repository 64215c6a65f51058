import type { Page } from '@playwright/test';
import { chat, type Person, signUp } from './person';
import type { Product } from './product';
import { expect, test } from './shared-product';

let product: Product;

test.beforeAll(({ product: shared }) => {
  product = shared;
});

async function openBudgets(page: Page, { home }: Person) {
  await page.goto(`${product.url}${home}/budgets`);
  await page.getByRole('button', { name: 'Create budget' }).first().click();
  return page.getByRole('dialog');
}

test('a budget is set, raised and taken away, and each stands after a reload', async ({ page }) => {
  const person = await signUp(page, product);
  const dialog = await openBudgets(page, person);
  await dialog.getByLabel('Limit (USD)').fill('0.003');
  await dialog.getByLabel('Period').selectOption('day');
  await dialog.getByRole('button', { name: 'Create budget' }).click();
  await expect(dialog).toHaveCount(0);
  await page.reload();
  const row = page.getByRole('row', { name: /^Organization/ });
  await expect(row).toContainText('$0.00 of $0.0030 / day');

  await row.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('dialog').getByLabel('Limit (USD)').fill('1');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.reload();
  await expect(row).toContainText('of $1.00 / day');

  await row.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.reload();
  await expect(page.getByText('No budgets yet')).toBeVisible();
});

test('two models answer side by side, each with its cost, its time and its log', async ({ page }) => {
  const { home } = await signUp(page, product);
  await page.goto(`${product.url}${home}/playground?models=demo/echo`);
  await page.getByRole('button', { name: 'Add a model' }).click();
  await page.getByLabel('Model of column 2').selectOption('demo/lorem');
  await expect(page).toHaveURL(/models=demo\/echo,demo\/lorem/);
  await page.getByLabel('Message', { exact: true }).fill('Say **hello** to the harbour');
  await page.keyboard.press('Control+Enter');
  const first = page.getByRole('region', { name: 'demo/echo, column 1' });
  const second = page.getByRole('region', { name: 'demo/lorem, column 2' });
  await expect(first.locator('[data-answer] strong, [data-answer] [data-streamdown=strong]')).toHaveText('hello');
  for (const column of [first, second]) {
    await expect(column).toContainText(/Cost \$0\.\d+/);
    await expect(column).toContainText(/\d+ in, \d+ out/);
    await expect(column).toContainText(/first token/);
  }

  await first.getByRole('link', { name: 'View log' }).click();
  await page.waitForURL(/\/logs\/req_/);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^req_/);
  await expect(page.getByRole('definition').filter({ hasText: 'demo/echo' })).toBeVisible();
  // The borrowed key is nobody's to manage.
  await page.goto(`${product.url}${home}/keys`);
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('row', { name: /^first key/ })).toBeVisible();
});

test('the call is shown as code, without any key in it', async ({ page }) => {
  const { home } = await signUp(page, product);
  await page.goto(`${product.url}${home}/playground`);
  await page.getByLabel('System prompt').fill('Be brief.');
  await page.getByRole('button', { name: 'View code' }).click();
  const dialog = page.getByRole('dialog');
  for (const language of ['curl', 'Python', 'TypeScript']) {
    await dialog.getByRole('tab', { name: language }).click();
    const code = dialog.getByRole('region', { name: language });
    await expect(code).toContainText('Be brief.');
    await expect(code).toContainText('FAIRLEAD_API_KEY');
    await expect(code).not.toContainText('sk-fl-');
    await expect(code.locator('span[style*="--light"]').first()).toBeVisible();
  }
});

test('an answer that runs is stopped, and one that is refused says why', async ({ page }) => {
  const { home } = await signUp(page, product);
  await page.goto(`${product.url}${home}/playground?models=demo/slow`);
  await page.getByLabel('Message', { exact: true }).fill('Take your time');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('region', { name: /demo\/slow/ })).toContainText('stopped');
  await page.getByLabel('Model of column 1').selectOption('demo/down');
  await page.getByLabel('Message', { exact: true }).fill('Anybody?');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'upstream_error' })).toBeVisible();
});

test('a preset keeps model, prompt and parameters, opens with them after a reload, and is called by its name', async ({ page }) => {
  const { home, key } = await signUp(page, product);
  await page.goto(`${product.url}${home}/playground?models=demo/json`);
  await page.getByLabel('System prompt').fill('Answer as a harbour master.');
  await page.getByRole('button', { name: 'Save as preset' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Preset name').fill('harbour');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('harbour saved, version 1.')).toBeVisible();
  await page.goto(`${product.url}${home}/presets`);
  await expect(page.getByRole('row', { name: /^harbour/ })).toContainText('demo/json');
  await page.getByRole('link', { name: 'Open harbour in the playground' }).click();
  await page.waitForURL('**/playground?*');
  await page.reload();
  await expect(page.getByLabel('Model of column 1')).toHaveValue('demo/json');
  await expect(page.getByLabel('System prompt')).toHaveValue('Answer as a harbour master.');

  expect((await chat(page, product, key, 'preset/harbour')).headers()['x-fairlead-model']).toBe('demo/json');
  await page.goto(`${product.url}${home}/presets`);
  await page.getByRole('link', { name: 'Calls of the newest version of harbour' }).click();
  await page.getByRole('row').filter({ hasText: 'demo/json' }).getByRole('link').first().click();
  await expect(page.getByRole('main')).toContainText('Answer as a harbour master.');
});

test('an alert is told where it should be, a channel is tested, and both stand in the audit log after a reload', async ({ page }) => {
  const { home, email } = await signUp(page, product);
  await page.goto(`${product.url}${home}/alerts`);
  await page.getByRole('button', { name: 'Add channel' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Channel name').fill('On-call');
  await expect(dialog.getByLabel('E-mail address')).toHaveValue(email);
  await dialog.getByRole('button', { name: 'Add channel' }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'Create alert' }).first().click();
  await dialog.getByLabel('Alert name').fill('Slow answers');
  await dialog.getByLabel('Watch').selectOption('latency');
  await dialog.getByLabel('From (ms)').fill('2500');
  await dialog.getByRole('button', { name: 'Create alert' }).click();
  await expect(dialog).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('row', { name: /^Slow answers/ })).toContainText('p95 of 2500 ms or more within 60 min');

  await page.getByRole('tab', { name: 'Channels' }).click();
  await page.getByRole('button', { name: 'Test On-call' }).click();
  await expect(page.getByText('The test to On-call got through.')).toBeVisible();
  await page.goto(`${product.url}${home}/alerts?tab=history`);
  await expect(page.getByRole('row', { name: /Test/ })).toContainText('Sent');

  await page.goto(`${product.url}${home}/settings/audit?action=channel.test`);
  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: 'channel.test' })).toHaveCount(1);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^audit-.*\.csv$/);
});
