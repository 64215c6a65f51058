import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { ORG_PAGES } from './console-pages';
import { signUp } from './person';
import { type Product, startProduct } from './product';

/** Kilobytes (1,000 bytes) of gzip. What is reached, with a little room; the aim is 180. Lower it when a page gets lighter. */
const LIMIT_KB = 228;

let product: Product;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.stop();
});

test(`no page of the console asks for more than ${LIMIT_KB} kB of script before its first paint`, async ({ page }) => {
  const { home } = await signUp(page, product);
  const sizes = new Map<string, number>();
  const heavy: string[] = [];
  for (const path of [...ORG_PAGES.map((each) => home + each), '/account/profile', '/account/security', '/account/preferences']) {
    const html = await (await page.request.get(product.url + path)).text();
    const scripts = new Set<string>();
    for (const [tag, src] of html.matchAll(/<script\b[^>]*?\bsrc="([^"]+)"[^>]*>/g)) {
      if (src && !/\snomodule\b/i.test(tag)) scripts.add(src.replaceAll('&amp;', '&'));
    }
    expect(scripts.size, path).toBeGreaterThan(3);
    let bytes = 0;
    for (const src of scripts) {
      if (!sizes.has(src)) {
        const answer = await page.request.get(new URL(src, product.url).href);
        expect(answer.ok(), src).toBe(true);
        sizes.set(src, gzipSync(await answer.body()).length);
      }
      bytes += sizes.get(src) ?? 0;
    }
    test.info().annotations.push({ type: 'kB of script', description: `${path} ${(bytes / 1000).toFixed(1)}` });
    if (bytes > LIMIT_KB * 1000) heavy.push(`${path}: ${(bytes / 1000).toFixed(1)} kB`);
  }
  expect(heavy).toEqual([]);
});
