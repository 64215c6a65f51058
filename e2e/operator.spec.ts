import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { chat, PASSWORD, type Person, signUp } from './person';
import { ownerPid, type Product, startProduct } from './product';

const OWNER = { email: 'owner@example.com', password: `${PASSWORD} staple` };

let product: Product;
let upstream: FakeUpstream;
let operator: BrowserContext;
let page: Page;
let tenant: BrowserContext;
let tenantPage: Page;
let person: Person;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  upstream = await startFakeUpstream();
  product = await startProduct({ env: { ALLOW_PRIVATE_UPSTREAMS: 'true' } });
  operator = await browser.newContext({ reducedMotion: 'reduce' });
  page = await operator.newPage();
  tenant = await browser.newContext({ reducedMotion: 'reduce' });
  tenantPage = await tenant.newPage();
});

test.afterAll(async () => {
  await operator?.close();
  await tenant?.close();
  await product?.stop();
  await upstream?.close();
});

test('the wizard makes the operator by the link of the start log, connects a provider that was tested, and points the aliases at it', async ({ browser }) => {
  const link = /http\S+\/setup\?token=\w+/.exec(product.output())?.[0] ?? '';
  await page.goto(link.replace(/^http:\/\/[^/]+/, product.url));
  await page.getByLabel('Email').fill(OWNER.email);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.getByRole('button', { name: 'Create operator' }).click();

  await expect(page.getByRole('heading', { name: 'Checks' })).toBeVisible();
  await expect(page.getByText('APP_URL=https://')).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();

  await page.getByRole('radio', { name: /OpenAI-compatible/ }).click();
  await page.getByLabel('Base URL').fill(`${upstream.url}/v1`);
  await page.getByLabel('API key').fill('sk-wrong-0123456789');
  await expect(page.getByRole('button', { name: 'Add provider' })).toBeDisabled();
  await page.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'refused this key' })).toBeVisible();
  await page.getByLabel('API key').fill('sk-upstream-0123456789');
  await page.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByRole('status').filter({ hasText: '4 models found' })).toBeVisible();
  await page.getByRole('checkbox', { name: /^std/ }).click();
  await page.getByRole('checkbox', { name: /^tiny/ }).click();
  await page.getByRole('button', { name: 'Add provider' }).click();
  await expect(page.getByRole('list', { name: 'Providers added' })).toContainText('2 models');

  await page.reload();
  await expect(page.getByRole('list', { name: 'Providers added' })).toContainText('2 models');
  await page.goto(`${product.url}/setup?step=done`);
  await expect(page.getByText(`${product.url}/v1`)).toBeVisible();

  // The link is used up, and nobody else finds these pages.
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(link.replace(/^http:\/\/[^/]+/, product.url));
  await expect(stranger.getByText('was used or is too old')).toBeVisible();
  for (const path of ['/admin', '/admin/providers', '/admin/tenants', '/setup']) expect((await stranger.goto(product.url + path))?.status(), path).toBe(404);
  await stranger.context().close();
});

test('a model is priced and an alias over it is published; the price and the alias are there after a reload', async () => {
  for (const [model, input, output] of [['std', '2', '8'], ['tiny', '0.07', '0.11']] as const) {
    await page.goto(`${product.url}/admin/models/${model}`);
    await page.getByRole('button', { name: 'Set price' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Input', { exact: true }).fill(input);
    await dialog.getByLabel('Output', { exact: true }).fill(output);
    await dialog.getByRole('button', { name: 'Set price' }).click();
    await expect(dialog).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('row').filter({ hasText: 'in force' })).toContainText(`$${Number(output).toFixed(2)}`);
  }
  await page.goto(`${product.url}/admin/aliases`);
  await page.getByRole('button', { name: 'New alias' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('support');
  await page.getByRole('dialog').getByLabel('First target').selectOption('std');
  await page.getByRole('button', { name: 'Begin a draft' }).click();
  await page.waitForURL('**/admin/aliases/support');
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('v1', { exact: true }).first()).toBeVisible();
  await page.reload();
  await expect(page.getByText('Clients call it by this name.')).toBeVisible();
});

test('a plan opens the alias, a tenant signs up on it and calls, and the operator sees the margin', async () => {
  await page.goto(`${product.url}/admin/plans/free`);
  await page.getByLabel('Allowed').fill('support\nfast-chat\ndemo/*');
  await page.getByLabel('Markup').fill('50');
  await page.getByLabel('Requests a minute').fill('300');
  await page.getByRole('button', { name: 'Save plan' }).click();
  await expect(page.getByText('v2', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Allowed')).toHaveValue('demo/*\nfast-chat\nsupport');

  person = await signUp(tenantPage, product, 'Acme');
  const answer = await chat(tenantPage, product, person.key, 'support');
  expect(answer.status()).toBe(200);
  expect(answer.headers()['x-fairlead-model']).toBe('std');
  expect((await chat(tenantPage, product, person.key, 'std')).status()).toBe(404);

  await page.goto(`${product.url}/admin`);
  await expect(page.getByRole('definition').filter({ hasText: '33%' })).toBeVisible();
  await page.goto(`${product.url}/admin/tenants`);
  await page.getByRole('link', { name: 'Acme' }).click();
  await expect(page.getByRole('heading', { name: 'Acme' })).toBeVisible();
  await expect(page.locator('dl > div', { hasText: 'Revenue this month' })).toContainText(/\$0\.000[1-9]/);
  await page.goto(`${product.url}/admin/requests`);
  await expect(page.getByRole('row').filter({ hasText: answer.headers()['x-request-id'] ?? '' })).toContainText('support → std');
});

test('the alias changes its target while calls run: the next one goes elsewhere, none fails, nothing restarts', async () => {
  const processes = ownerPid(product.dataDir);
  let running = true;
  const statuses: number[] = [];
  const models = new Set<string>();
  const calling = (async () => {
    while (running) {
      const answer = await chat(tenantPage, product, person.key, 'support');
      statuses.push(answer.status());
      models.add(answer.headers()['x-fairlead-model'] ?? '');
    }
  })();
  await page.goto(`${product.url}/admin/aliases/support`);
  await page.getByLabel('Another target').selectOption('tiny');
  await page.getByRole('button', { name: 'Add target' }).click();
  await page.getByRole('button', { name: 'Move tiny up' }).click();
  await page.getByRole('button', { name: 'Remove std' }).click();
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('v2', { exact: true }).first()).toBeVisible();
  await expect.poll(async () => (await chat(tenantPage, product, person.key, 'support')).headers()['x-fairlead-model'], { timeout: 2_000 }).toBe('tiny');
  running = false;
  await calling;
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  expect(models).toContain('std');
  expect(ownerPid(product.dataDir)).toBe(processes);

  await page.goto(`${product.url}/admin/aliases/support?tab=versions`);
  await page.getByRole('row', { name: /^v1/ }).getByRole('button', { name: 'Roll back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
  await expect.poll(async () => (await chat(tenantPage, product, person.key, 'support')).headers()['x-fairlead-model'], { timeout: 3_000 }).toBe('std');
});

test('a draft of an alias shows its route and calls nobody, its canary is compared with the others once published, and a version before it comes back', async () => {
  await page.goto(`${product.url}/admin/aliases/support`);
  await page.getByLabel('Another target').selectOption('tiny');
  await page.getByRole('button', { name: 'Add target' }).click();
  await page.getByLabel('Canary', { exact: true }).selectOption('tiny');
  await page.getByLabel('Canary share').fill('50');
  const asked = upstream.requests.length;
  await page.getByRole('button', { name: 'Test route' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Request').fill('{"messages":');
  await dialog.getByRole('button', { name: 'Show the way' }).click();
  await expect(dialog.getByText('This is not a JSON object.')).toBeVisible();
  await dialog.getByLabel('Request').fill('{"messages":[{"role":"user","content":"Hello"}],"max_tokens":100}');
  await dialog.getByRole('button', { name: 'Show the way' }).click();
  const route = dialog.getByRole('table', { name: 'Order of targets' });
  await expect(route.getByRole('row')).toHaveCount(3);
  await expect(route).toContainText('std');
  await expect(route).toContainText('tiny');
  await expect(route).toContainText('…6789 healthy');
  await expect(route).toContainText('$0.00');
  await page.keyboard.press('Escape');
  expect(upstream.requests).toHaveLength(asked);

  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect(page.getByText('draft', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Canary share')).toHaveValue('50');
  expect((await chat(tenantPage, product, person.key, 'support')).headers()['x-fairlead-model']).toBe('std');
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('v4', { exact: true }).first()).toBeVisible();

  upstream.script('tiny', (_request, earlier) => (earlier % 2 === 0 ? { status: 500 } : { delayMs: 30 }));
  const served = new Set<string | undefined>();
  await expect.poll(async () => served.add((await chat(tenantPage, product, person.key, 'support')).headers()['x-fairlead-model']).size, { timeout: 10_000, intervals: [20] }).toBe(2);
  upstream.script('tiny', {});
  await page.goto(`${product.url}/admin/aliases/support?tab=compare`);
  const trial = page.getByRole('row').filter({ hasText: 'tiny' });
  await expect(trial).toContainText('Canary');
  await expect(trial).toContainText(/[1-9]\d*(?:\.\d)? ?%.*\d+ ?ms.*\$0\.00/);
  await expect(page.getByRole('row').filter({ hasText: 'std' })).toContainText(/\d+ ?ms.*\$0\.00/);

  await page.goto(`${product.url}/admin/aliases/support?tab=versions`);
  await page.getByRole('row', { name: /^v3/ }).getByRole('button', { name: 'Roll back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
  await expect(page.getByRole('row', { name: /^v5/ })).toContainText('in force');
  await page.goto(`${product.url}/admin/aliases/support`);
  await expect(page.getByLabel('Canary', { exact: true })).toHaveValue('');
});

test('a provider’s key is rotated and shows its last four and nothing else of it', async () => {
  await page.goto(`${product.url}/admin/providers`);
  await page.getByRole('link', { name: /OpenAI-compatible/ }).click();
  const row = page.getByRole('row').filter({ hasText: 'main' });
  await expect(row.first()).toContainText('…6789');
  await row.first().getByRole('button', { name: 'Test' }).click();
  await expect(page.getByRole('status').filter({ hasText: '4 models found' })).toBeVisible();
  await row.first().getByRole('button', { name: 'Rotate' }).click();
  await page.getByRole('dialog').getByLabel('Secret', { exact: true }).fill('sk-upstream-rotated-zzzz');
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
  await expect(page.getByRole('row').filter({ hasText: '…zzzz' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: 'Retiring' })).toContainText('…6789');
  await expect(page.locator('body')).not.toContainText('sk-upstream');
});

test('compliance blocks a model for everybody at once, and Access explains who decides', async () => {
  await page.goto(`${product.url}/admin/policy`);
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByLabel('Rule').fill('provider:openai-compatible');
  await page.getByLabel('Reason').fill('contract');
  await page.getByRole('button', { name: 'Save rules' }).click();
  await expect.poll(async () => (await chat(tenantPage, product, person.key, 'support')).status(), { timeout: 3_000 }).toBe(404);
  await page.goto(`${product.url}/admin/policy?org=${person.home.slice(1)}&name=support`);
  await expect(page.getByRole('table', { name: 'Targets' })).toContainText('Refused by Platform');
  await page.getByRole('button', { name: 'Remove provider:openai-compatible' }).click();
  await page.getByRole('button', { name: 'Save rules' }).click();
  await expect.poll(async () => (await chat(tenantPage, product, person.key, 'support')).status(), { timeout: 3_000 }).toBe(200);
});

test('an operator looks in read only, suspends with a reason, and both stand in the audit', async () => {
  await page.goto(`${product.url}/admin/tenants${person.home}`);
  await page.getByRole('button', { name: 'View as' }).click();
  await page.waitForURL(`**${person.home}`);
  await expect(page.getByText('You look into Acme as an operator')).toBeVisible();
  await page.goto(`${product.url}${person.home}/keys`);
  await expect(page.getByRole('button', { name: 'Create key' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL('**/admin/tenants');

  await page.goto(`${product.url}/admin/tenants${person.home}`);
  await page.getByRole('button', { name: 'Suspend' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('unpaid invoice');
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
  await expect.poll(async () => (await chat(tenantPage, product, person.key, 'support')).status(), { timeout: 3_000 }).toBe(403);
  expect(await (await chat(tenantPage, product, person.key, 'support')).text()).toContain('unpaid invoice');
  await page.reload();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(async () => (await chat(tenantPage, product, person.key, 'support')).status(), { timeout: 3_000 }).toBe(200);
  await page.goto(`${product.url}/admin/audit?action=tenant`);
  for (const action of ['tenant.view_as', 'tenant.suspend', 'tenant.resume']) await expect(page.getByRole('cell', { name: action, exact: true })).toBeVisible();
});

test('an organization opens its texts to the operator for a time, and the operator reads them until then', async () => {
  const id = (await chat(tenantPage, product, person.key, 'support')).headers()['x-request-id'] ?? '';
  const look = async () => {
    await page.goto(`${product.url}/admin/tenants${person.home}`);
    await page.getByRole('button', { name: 'View as' }).click();
    await page.waitForURL(`**${person.home}`);
    await page.goto(`${product.url}${person.home}/logs/${id}`);
    return page.locator('main');
  };
  await expect(await look()).not.toContainText('"messages"');
  await tenantPage.goto(`${product.url}${person.home}/settings/privacy`);
  await tenantPage.getByRole('button', { name: 'Open for support' }).click();
  await expect(tenantPage.getByText('The operator can read prompts and answers until')).toBeVisible();
  await page.goto(`${product.url}/admin/tenants${person.home}`);
  await expect(page.getByText('It opened its prompts and answers to you until')).toBeVisible();
  await look();
  await tenantPage.goto(`${product.url}${person.home}/settings/audit`);
  await expect(tenantPage.getByRole('cell', { name: 'support.read', exact: true }).first()).toBeVisible();
  await tenantPage.goto(`${product.url}${person.home}/settings/privacy`);
  await tenantPage.getByRole('button', { name: 'Close now' }).click();
  await expect(tenantPage.getByText('Nobody outside your organization can read')).toBeVisible();
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL('**/admin/tenants');
});

test('the product is the operator’s own: logo, terms that are accepted, amounts in yuan with the rate named', async ({ browser }) => {
  await page.goto(`${product.url}/admin/settings?tab=branding`);
  await page.getByLabel('Logo').setInputFiles('public/apple-icon.png');
  await expect(page.getByText('The logo is in place.')).toBeVisible();
  await page.getByLabel('Terms of service').fill('https://example.com/terms');
  await page.getByLabel('Version').fill('2026-11');
  await page.getByLabel('Currency').selectOption('CNY');
  await page.getByLabel('Yuan to the dollar').fill('7.12');
  await page.getByLabel('Rate of').fill('2026-11-25');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Amounts are shown in CNY at 7.12 yuan to the dollar')).toBeVisible();
  // Who has an account already is asked before the console opens; keys are not.
  await tenantPage.goto(product.url + person.home);
  await expect(tenantPage.getByRole('heading', { name: 'Before you go on' })).toBeVisible();
  expect((await chat(tenantPage, product, person.key, 'support')).status()).toBe(200);
  await tenantPage.getByRole('checkbox', { name: /I accept the terms of service/ }).click();
  await tenantPage.getByRole('button', { name: 'Accept and go on' }).click();
  await expect(tenantPage.getByText('the rate of Nov 25, 2026')).toBeVisible();
  await expect(tenantPage.locator('main')).toContainText('¥');

  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${product.url}/sign-up`);
  await expect(visitor.locator('header img[src^="/logo?v="]')).toBeVisible();
  await visitor.getByLabel('Email').fill('terms@example.com');
  await visitor.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await visitor.getByRole('button', { name: 'Sign up' }).click();
  await expect(visitor).toHaveURL(/sign-up/);
  await visitor.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await visitor.getByRole('checkbox', { name: /I accept the terms of service/ }).click();
  await visitor.getByRole('button', { name: 'Sign up' }).click();
  await visitor.waitForURL('**/welcome**');
  await visitor.context().close();
  await page.goto(`${product.url}/admin/users?q=terms`);
  await expect(page.getByRole('row').filter({ hasText: 'terms@example.com' })).toContainText('2026-11');
});

test('closing sign-up and renaming the product hold at once', async ({ browser }) => {
  await page.goto(`${product.url}/admin/settings?tab=signup`);
  await page.getByRole('radio', { name: 'Nobody' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('It holds for the next sign-up.')).toBeVisible();
  await page.goto(`${product.url}/admin/settings?tab=branding`);
  await page.getByLabel('Product name').fill('Harbour');
  await page.getByLabel('Announcement').fill('Maintenance on Sunday.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Maintenance on Sunday.').first()).toBeVisible();
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${product.url}/sign-up`);
  await expect(visitor).toHaveTitle(/Harbour/);
  await expect(visitor.getByLabel('Password')).toHaveCount(0);
  await expect(visitor.getByText('Maintenance on Sunday.')).toBeVisible();
  await visitor.goto(`${product.url}/status`);
  await expect(visitor.getByText('Everything works.')).toBeVisible();
  await visitor.context().close();
});
