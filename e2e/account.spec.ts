import { Secret, TOTP } from 'otpauth';
import { PASSWORD, signUp } from './person';
import type { Product } from './product';
import { expect, test } from './shared-product';

let product: Product;

test.beforeAll(({ product: shared }) => {
  product = shared;
});

test('signing out everywhere ends other browsers', async ({ page, browser }) => {
  const { email, home } = await signUp(page, product);
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(`${product.url}/sign-in`);
  await other.getByLabel('Email').fill(email);
  await other.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.waitForURL(`**${home}`);

  await page.goto(`${product.url}${home}/settings/security`);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL('**/sign-in');
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in\?next=/);
  await context.close();
});

test('who turns on two-factor sign-in is asked for a code, which works once, or for a recovery code', async ({ page, browser }) => {
  const { email, home } = await signUp(page, product);
  await page.goto(`${product.url}/account/security`);
  await page.getByRole('button', { name: 'Turn on' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await expect(dialog.getByRole('img', { name: 'QR code' })).toBeVisible();
  const app = new TOTP({ secret: Secret.fromBase32(await dialog.getByLabel('Key for typing').inputValue()) });
  await dialog.getByLabel('Code from the app').fill(app.generate({ timestamp: Date.now() - 30_000 }));
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  const codes = dialog.getByRole('list', { name: 'Your recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const recovery = await codes.allTextContents();
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await page.reload();
  await expect(page.getByText('10 recovery codes are left.')).toBeVisible();

  const code = app.generate();
  const visits: [typed: string, lets: boolean][] = [[code, true], [code, false], [recovery[0] as string, true]];
  for (const [typed, lets] of visits) {
    const context = await browser.newContext();
    const visitor = await context.newPage();
    await visitor.goto(`${product.url}/sign-in?next=${encodeURIComponent(`${home}/keys`)}`);
    await visitor.getByLabel('Email').fill(email);
    await visitor.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await visitor.getByRole('button', { name: 'Sign in' }).click();
    await visitor.waitForURL('**/sign-in/code?*');
    expect((await context.cookies()).filter(({ name, value }) => name.includes('session-token') && value !== ''), 'the password alone opens nothing').toEqual([]);
    await visitor.getByLabel('Code').fill(typed);
    await visitor.getByRole('button', { name: 'Sign in' }).click();
    if (lets) await visitor.waitForURL(`**${home}/keys`);
    else await expect(visitor.getByText('This code is wrong, was used already, or is too old.')).toBeVisible();
    await context.close();
  }
});

test('an organization that masks its log finds no address in it', async ({ page }) => {
  const { home, key } = await signUp(page, product);
  await page.goto(`${product.url}${home}/settings/privacy`);
  await page.getByLabel('Their text, masked').click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Their text, masked')).toBeChecked();
  // Running gateways hear of it within a second.
  await expect(async () => {
    const sent = await page.request.post(`${product.apiBaseUrl}/chat/completions`, {
      headers: { authorization: `Bearer ${key}` },
      data: { model: 'demo/echo', messages: [{ role: 'user', content: 'Write to lin@example.com' }] },
    });
    await page.goto(`${product.url}${home}/logs/${sent.headers()['x-request-id']}`);
    await expect(page.getByRole('main')).toContainText('Write to [email]', { timeout: 3_000 });
    await expect(page.getByRole('main')).not.toContainText('lin@example.com');
  }).toPass({ timeout: 15_000 });
});

test("somebody else's organization looks like none at all", async ({ page, browser }) => {
  const { home } = await signUp(page, product);
  const context = await browser.newContext();
  const stranger = await context.newPage();
  await signUp(stranger, product);
  expect((await stranger.goto(`${product.url}${home}/keys`))?.status()).toBe(404);
  expect((await stranger.goto(`${product.url}/no-such-organization/keys`))?.status()).toBe(404);
  await context.close();
});

test('language and theme are one click away and stay', async ({ page }) => {
  const { home } = await signUp(page, product);
  await page.goto(`${product.url}${home}/keys`);
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitemradio', { name: '简体中文' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '密钥' })).toBeVisible();
  await page.getByRole('button', { name: '主题' }).click();
  await page.getByRole('menuitemradio', { name: '深色' }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('html')).toHaveClass(/dark/);
});

test('a new name of the organization is everywhere after a reload', async ({ page }) => {
  const { home } = await signUp(page, product, 'Before');
  await page.goto(`${product.url}${home}/settings/general`);
  await page.getByLabel('Organization name').fill('After');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Organization name')).toHaveValue('After');
  await expect(page.getByRole('button', { name: 'Organization: After' })).toBeVisible();
});
