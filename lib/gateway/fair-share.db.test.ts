import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { routedGateway } from '@/lib/testing/routed-gateway';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { FairShare } from './routing/fair-share';

/** What the provider takes in a window; shares are drawn anew as often. */
const TAKES = 8;
const WINDOW_MS = 10_000;

const routed = await routedGateway(
  (url) => `apiVersion: fairlead/v1
providers:
  - { id: u, adapter: openai-compatible, baseUrl: "${url}/v1", credentials: [{ name: a, secret: "\${env:A}" }], breaker: { failures: 1000, coolDownMs: 1, maxCoolDownMs: 1 } }
models:
  - { id: scarce, provider: u, contextWindow: 128000, maxOutputTokens: 4096, prices: { input: "2.00", output: "8.00" } }
aliases:
  - { name: chat, targets: [{ model: scarce, retries: 0 }] }
`,
);

/** How many of so many calls were answered. One after the other: a refusal cools the credential down for a millisecond, for everybody. */
async function served({ key }: TestTenant, calls: number): Promise<number> {
  let answered = 0;
  for (let index = 0; index < calls; index++) {
    const response = await fetch(`${routed.gateway().baseUrl.node}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'chat', messages: [{ role: 'user', content: 'hello' }] }),
    });
    await response.arrayBuffer();
    if (response.status === 200) answered += 1;
    else await sleep(2);
  }
  return answered;
}

it('an organization that floods a provider at its own limit does not starve another one', async () => {
  const [flood, small] = [await createTenant({ plan: { prepaid: false } }), await createTenant({ plan: { prepaid: false } })];
  let now = 0;
  let taken = 0;
  Object.assign(routed.gateway().deps.routing, { shares: new FairShare(() => now) });
  routed.upstream().script('scarce', () => (taken++ < TAKES ? {} : { status: 429, headers: { 'retry-after-ms': '1' } }));
  const history: { flood: number; small: number }[] = [];
  for (let window = 0; window < 6; window++) {
    // The flood comes first, every time.
    history.push({ flood: await served(flood, 24), small: await served(small, 3) });
    now += WINDOW_MS;
    taken = 0;
  }
  expect(history[0]).toEqual({ flood: TAKES, small: 0 });
  const later = history.slice(2);
  const sum = (of: 'flood' | 'small') => later.reduce((total, window) => total + window[of], 0);
  expect(sum('small'), JSON.stringify(history)).toBeGreaterThanOrEqual(0.75 * 3 * later.length);
  expect(sum('flood'), JSON.stringify(history)).toBeGreaterThanOrEqual(later.length);
});
