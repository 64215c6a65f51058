import type { APIResponse, BrowserContext, Page } from '@playwright/test';
import OpenAI from 'openai';
import type { Product } from './product';

export const PASSWORD = 'correct horse battery';

export interface Person {
  email: string;
  /** Path of the organization's pages, such as `/org-1`. */
  home: string;
  /** The first key, as /welcome showed it. */
  key: string;
}

let count = 0;

/** Signs up in the browser and stays on /welcome. */
export async function signUp(page: Page, product: Product, organization = `Org ${++count}`): Promise<Person> {
  const email = `person-${++count}@example.com`;
  await page.goto(`${product.url}/sign-up`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Organization').fill(organization);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.waitForURL('**/welcome');
  const home = (await page.getByRole('link', { name: 'Go to the console' }).getAttribute('href')) ?? '';
  return { email, home, key: await page.getByLabel('API key').inputValue() };
}

/** The official client. It does not retry, so that a failure is seen as it came. */
export function clientOf(product: Product, apiKey: string): OpenAI {
  return new OpenAI({ apiKey, baseURL: product.apiBaseUrl, maxRetries: 0 });
}

/** A chat call without a client, for its status and headers. */
export function chat(page: Page, product: Product, key: string, model = 'fast-chat'): Promise<APIResponse> {
  return page.request.post(`${product.apiBaseUrl}/chat/completions`, {
    headers: { authorization: `Bearer ${key}` },
    data: { model, messages: [{ role: 'user', content: 'Hello' }] },
  });
}

/** Creates a key in the browser, from the keys page, and returns it. */
export async function createKey(page: Page, product: Product, home: string, { name, models = [] }: { name: string; models?: string[] }): Promise<string> {
  await page.goto(`${product.url}${home}/keys`);
  await page.getByRole('button', { name: 'Create key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  if (models.length > 0) await dialog.getByLabel('Only these').click();
  for (const model of models) await dialog.getByLabel(model).click();
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const key = await dialog.getByLabel('API key').inputValue();
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  return key;
}

/** What a page should never do: throw, write an error to the console, or be refused something by its own server. */
export function watchProblems(context: BrowserContext, product: Product): string[] {
  const problems: string[] = [];
  context.on('weberror', (error) => problems.push(error.error().message));
  context.on('console', (message) => message.type() === 'error' && problems.push(`${message.text()} ${message.location().url}`));
  context.on('response', (response) => {
    if (response.status() >= 400 && response.url().startsWith(product.url)) problems.push(`${response.status()} ${response.url()}`);
  });
  return problems;
}
