import { gzipSync } from 'node:zlib';
import type { APIRequestContext } from '@playwright/test';
import { chat, signUp } from './person';
import type { Product } from './product';
import { pagesOf } from './routes';
import { expect, signInAsOperator, test } from './shared-product';

/** Kilobytes (1,000 bytes) of gzip that a page may ask for before it is whole. React and Next are 134 of them. */
const LIMIT_KB = 180;

/** Pages that do not fit yet, and what they may weigh: never more, and one that fits takes its line away. */
const HEAVIER: Record<string, number> = {
  // Query cache and filters in the address.
  '/[org]/logs': 213,
  '/[org]/usage': 208,
  // Filters in the address, or a chart drawn at once.
  '/[org]': 189,
  '/[org]/playground': 191,
  '/[org]/keys': 188,
  '/[org]/models': 187,
  '/[org]/models/fast-chat': 185,
  '/[org]/models/demo/echo': 185,
  '/[org]/budgets': 186,
  '/[org]/logs/compare': 187,
  '/[org]/logs/[id]': 184,
  '/[org]/presets': 183,
  '/[org]/settings/audit': 184,
  '/admin/models': 188,
  '/admin/models/demo/echo': 188,
};

test(`a page asks for at most ${LIMIT_KB} kB of script, but for those that say otherwise`, async ({ page, product, browser }) => {
  test.setTimeout(240_000);
  const person = await signUp(page, product);
  const id = (await chat(page, product, person.key)).headers()['x-request-id'] ?? '';
  const operator = await browser.newContext();
  await signInAsOperator(await operator.newPage(), product);
  const stranger = await browser.newContext();
  const weights = [
    ...(await weigh(stranger.request, product, pagesOf(['site', 'auth']))),
    ...(await weigh(page.request, product, pagesOf(['console'], { ...person, requests: [id] }))),
    ...(await weigh(operator.request, product, pagesOf(['operator', 'setup'], person))),
  ].map(({ route, kB }) => ({ route: route.replace(id, '[id]').replace(person.home, '/[org]'), kB }));
  for (const context of [operator, stranger]) await context.close();
  for (const { route, kB } of weights) test.info().annotations.push({ type: 'kB of script', description: `${route} ${kB.toFixed(1)}` });
  expect(weights.length).toBeGreaterThan(70);
  expect(weights.filter(({ route, kB }) => kB > (HEAVIER[route] ?? LIMIT_KB))).toEqual([]);
  expect(weights.filter(({ route, kB }) => route in HEAVIER && kB <= LIMIT_KB)).toEqual([]);
});

/** Gzipped bytes by address. */
const sizes = new Map<string, number>();

async function weigh(request: APIRequestContext, product: Product, routes: string[]): Promise<{ route: string; kB: number }[]> {
  const weights: { route: string; kB: number }[] = [];
  for (const route of routes) {
    const html = await (await request.get(product.url + route)).text();
    // Whatever the page names is asked for, be it by a tag or, a moment later, by what stands in it as data.
    const scripts = new Set([...html.matchAll(/\/_next\/static\/chunks\/[\w.~-]+\.js/g)].map(([src]) => src));
    // What a browser of today does not ask for is no weight: the polyfills carry `nomodule`.
    for (const [tag, src] of html.matchAll(/<script\b[^>]*?\bsrc="([^"?]+)[^"]*"[^>]*>/g)) {
      if (src && /\snomodule\b/i.test(tag)) scripts.delete(src);
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
