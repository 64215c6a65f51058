import { gzipSync } from 'node:zlib';
import type { APIRequestContext } from '@playwright/test';
import { chat, signUp } from './person';
import type { Product } from './product';
import { pagesOf } from './routes';
import { expect, signInAsOperator, test } from './shared-product';

/** Kilobytes (1,000 bytes) of gzip that a page may ask for before its first paint, whichever page it is. */
const LIMIT_KB = 240;

test(`no page asks for more than ${LIMIT_KB} kB of script before its first paint`, async ({ page, product, browser }) => {
  test.setTimeout(120_000);
  const person = await signUp(page, product);
  const id = (await chat(page, product, person.key)).headers()['x-request-id'] ?? '';
  const operator = await browser.newContext();
  await signInAsOperator(await operator.newPage(), product);
  const stranger = await browser.newContext();
  const weights = [
    ...(await weigh(stranger.request, product, pagesOf(['site', 'auth']))),
    ...(await weigh(page.request, product, pagesOf(['console'], { ...person, requests: [id] }))),
    ...(await weigh(operator.request, product, pagesOf(['operator', 'setup'], person))),
  ];
  for (const context of [operator, stranger]) await context.close();
  for (const { route, kB } of weights) test.info().annotations.push({ type: 'kB of script', description: `${route} ${kB.toFixed(1)}` });
  expect(weights.length).toBeGreaterThan(70);
  expect(weights.filter(({ kB }) => kB > LIMIT_KB)).toEqual([]);
});

const sizes = new Map<string, number>();

async function weigh(request: APIRequestContext, product: Product, routes: string[]): Promise<{ route: string; kB: number }[]> {
  const weights: { route: string; kB: number }[] = [];
  for (const route of routes) {
    const html = await (await request.get(product.url + route)).text();
    const scripts = new Set<string>();
    // What a browser of today does not ask for is no weight: the polyfills carry `nomodule`.
    for (const [tag, src] of html.matchAll(/<script\b[^>]*?\bsrc="([^"]+)"[^>]*>/g)) {
      if (src && !/\snomodule\b/i.test(tag)) scripts.add(src.replaceAll('&amp;', '&'));
    }
    expect(scripts.size, route).toBeGreaterThan(3);
    let bytes = 0;
    for (const src of scripts) {
      if (!sizes.has(src)) {
        const answer = await request.get(new URL(src, product.url).href);
        expect(answer.ok(), src).toBe(true);
        sizes.set(src, gzipSync(await answer.body()).length);
      }
      bytes += sizes.get(src) ?? 0;
    }
    weights.push({ route, kB: bytes / 1000 });
  }
  return weights;
}
