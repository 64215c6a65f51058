import { test as base, type Page } from '@playwright/test';
import { PASSWORD } from './person';
import { type Product, startProduct } from './product';

export { expect } from '@playwright/test';

const OPERATOR = { email: 'owner@example.com', password: `${PASSWORD} staple` };

/** Known, so that a journey can sign deliveries of its own. */
export const WEBHOOK_SECRET = 'whsec_of_the_journeys_only';

/**
 * `product`: one running product for all journeys of a worker. Each signs up for an organization of its own, and none may
 * change what belongs to the installation; a journey that does so starts a product for itself.
 */
export const test = base.extend<object, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from this pattern which fixtures are wanted.
    async ({}, use) => {
      const product = await startProduct({ env: { ADMIN_EMAIL: OPERATOR.email, ADMIN_PASSWORD: OPERATOR.password, STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET } });
      await use(product);
      await product.stop();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
});

/** Signs in who runs the shared product and stays on /admin. */
export async function signInAsOperator(page: Page, product: Product): Promise<void> {
  await page.goto(`${product.url}/sign-in?next=/admin`);
  await page.getByLabel('Email').fill(OPERATOR.email);
  await page.getByLabel('Password', { exact: true }).fill(OPERATOR.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${product.url}/admin`);
}
