import { expect, test } from '@playwright/test';
import { startSmtpSink, type SmtpSink } from '@/lib/testing/smtp-sink';
import { PASSWORD, signUp } from './person';
import { type Product, startProduct } from './product';

let product: Product;
let sink: SmtpSink;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  sink = await startSmtpSink();
  product = await startProduct({ env: { SMTP_URL: sink.url } });
});

test.afterAll(async () => {
  await product?.stop();
  await sink?.close();
});

/** The newest link of a kind that was mailed to somebody. */
async function mailedLink(to: string, kind: 'verify' | 'reset' | 'invite'): Promise<string> {
  const find = () =>
    sink.mails
      .filter((mail) => mail.to.includes(to))
      .map(({ raw }) => new RegExp(`/${kind}/[0-9A-Za-z]{43}`).exec(raw.replace(/=\n/g, ''))?.[0])
      .findLast(Boolean);
  await expect.poll(find, { timeout: 15_000 }).toBeDefined();
  return product.url + (find() as string);
}

test('a newcomer confirms the address by the link in the mail, and the included credit comes with it', async ({ page }) => {
  const { email, home } = await signUp(page, product);
  await expect(page.getByText(`we mailed a link to ${email}`)).toBeVisible();
  await page.goto(`${product.url}${home}/settings/billing`);
  await expect(page.getByRole('row', { name: /^Included/ })).toHaveCount(0);
  await page.goto(await mailedLink(email, 'verify'));
  await expect(page.getByRole('heading', { level: 1, name: 'Address confirmed' })).toBeVisible();
  await page.goto(`${product.url}${home}/settings/billing`);
  await expect(page.getByRole('row', { name: /^Included/ })).toContainText('$1.00');
  await expect(page.getByText('we mailed a link')).toHaveCount(0);
});

test('who forgot the password chooses a new one, and other browsers are signed out', async ({ page, browser }) => {
  const { email, home } = await signUp(page, product);
  const outside = await browser.newContext();
  const other = await outside.newPage();
  await other.goto(`${product.url}/sign-in`);
  await other.getByRole('link', { name: 'Forgot your password?' }).click();
  for (const address of ['nobody@example.com', email]) {
    await other.goto(`${product.url}/forgot`);
    await other.getByLabel('Email').fill(address);
    await other.getByRole('button', { name: 'Mail the link' }).click();
    await expect(other.getByRole('status')).toContainText(`If there is an account with ${address}, a mail is on its way.`);
  }
  const link = await mailedLink(email, 'reset');
  await other.goto(link);
  await other.getByLabel('New password', { exact: true }).fill('a better password');
  await other.getByRole('button', { name: 'Change password' }).click();
  await other.waitForURL(`**${home}`);
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);
  await other.goto(link);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('This link does not work any more');
  expect(sink.mails.some(({ to }) => to.includes('nobody@example.com'))).toBe(false);
  await outside.close();
});

test('an owner invites a colleague, who joins by the mail and loses what the next role does not have', async ({ page, browser }) => {
  const { home } = await signUp(page, product, 'Team');
  await page.goto(`${product.url}${home}/settings/members`);
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Email').fill('colleague@example.com');
  await dialog.getByLabel('Role').selectOption('admin');
  await dialog.getByRole('button', { name: 'Invite' }).click();
  await expect(dialog).toContainText('The invitation for colleague@example.com is on its way.');
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await page.reload();
  await expect(page.getByRole('row', { name: /colleague@example\.com/ })).toContainText('Admin');

  const outside = await browser.newContext();
  const colleague = await outside.newPage();
  await colleague.goto(await mailedLink('colleague@example.com', 'invite'));
  await expect(colleague.getByRole('heading', { level: 1, name: 'Join Team' })).toBeVisible();
  await colleague.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await colleague.getByRole('button', { name: 'Create account and join' }).click();
  await colleague.waitForURL(`**${home}`);
  await colleague.goto(`${product.url}${home}/budgets`);
  await expect(colleague.getByRole('button', { name: 'Create budget' }).first()).toBeVisible();

  await page.reload();
  await page.getByLabel('Role of colleague@example.com').selectOption('billing');
  await expect(page.getByText(/colleague@example\.com is a member for billing/)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Role of colleague@example.com')).toHaveValue('billing');
  await colleague.reload();
  await expect(colleague.getByRole('button', { name: 'Create budget' })).toHaveCount(0);
  await colleague.goto(`${product.url}${home}/keys`);
  await expect(colleague.getByText('This page needs the right keys:read.')).toBeVisible();

  await page.getByRole('row', { name: /colleague@example\.com/ }).getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await colleague.goto(`${product.url}${home}`))?.status()).toBe(404);
  await outside.close();
});

test('one of several sessions ends alone', async ({ page, browser }) => {
  const { email, home } = await signUp(page, product);
  const outside = await browser.newContext({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' });
  const other = await outside.newPage();
  await other.goto(`${product.url}/sign-in`);
  await other.getByLabel('Email').fill(email);
  await other.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.waitForURL(`**${home}`);
  await page.goto(`${product.url}/account/security`);
  await page.getByRole('button', { name: 'End the session in Firefox · Linux' }).click();
  await expect(page.getByText('Firefox · Linux')).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('This browser')).toBeVisible();
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in/);
  await outside.close();
});
