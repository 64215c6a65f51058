import { describe, expect, it } from 'vitest';
import { routedGateway } from '@/lib/testing/routed-gateway';

const CALLS = 1_000;
const model = (id: string, prices = '{ input: "2.00", output: "8.00" }') => `  - { id: ${id}, provider: u, contextWindow: 128000, maxOutputTokens: 4096, prices: ${prices} }`;
/** Calls that meet the condition, and calls that do not. */
const CONDITIONS: readonly { name: string; conditions: string; met: Call; unmet: Call }[] = [
  { name: 'language', conditions: '{ language: zh }', met: { content: '请解释这个函数的作用 sort()' }, unmet: { content: 'Explain sort()' } },
  { name: 'tools', conditions: '{ tools: true }', met: { body: { tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }] } }, unmet: {} },
  { name: 'images', conditions: '{ images: true }', met: { content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,aaaa', detail: 'low' } }] }, unmet: {} },
  { name: 'long', conditions: '{ minInputTokens: 500 }', met: { content: 'word '.repeat(1_000) }, unmet: { content: 'word' } },
  { name: 'short', conditions: '{ maxInputTokens: 500 }', met: { content: 'word' }, unmet: { content: 'word '.repeat(1_000) } },
  { name: 'tag', conditions: '{ tags: { team: growth } }', met: { headers: { 'x-fairlead-tags': 'team=growth' } }, unmet: { headers: { 'x-fairlead-tags': 'team=core' } } },
  { name: 'region', conditions: '{ regions: [eu] }', met: { headers: { 'x-fairlead-region': 'eu' } }, unmet: { headers: { 'x-fairlead-region': 'us' } } },
  { name: 'other-plan', conditions: '{ plans: [another] }', met: { body: { user: 'nobody' } }, unmet: {} },
];
interface Call {
  content?: unknown;
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
}

const routed = await routedGateway(
  (url) => `apiVersion: fairlead/v1
providers:
  - { id: u, adapter: openai-compatible, baseUrl: "${url}/v1", credentials: [{ name: a, secret: "\${env:A}" }], breaker: { failures: 1000, coolDownMs: 1, maxCoolDownMs: 1 } }
models:
${['one', 'two', 'three', 'down'].map((id) => model(id)).join('\n')}
${model('cheap', '{ input: "0.10", output: "0.10" }')}
aliases:
  - { name: priority, targets: [{ model: one }, { model: two }] }
  - { name: failing, targets: [{ model: down, retries: 0 }, { model: two }] }
  - { name: weighted, strategy: weighted, targets: [{ model: one, weight: 7 }, { model: two, weight: 2 }, { model: three, weight: 1 }] }
  - { name: per-user, strategy: weighted, sticky: user, targets: [{ model: one }, { model: two }, { model: three }] }
  - { name: cheapest, strategy: cheapest, targets: [{ model: one }, { model: cheap }] }
  - { name: fastest, strategy: fastest, targets: [{ model: one }, { model: two }] }
  - { name: canary, targets: [{ model: one }, { model: two }], canary: { model: two, percent: 10 } }
${CONDITIONS.map(({ name, conditions }) => `  - { name: by-${name}, targets: [{ model: one, conditions: ${conditions} }, { model: two }] }`).join('\n')}
`,
);

/** Share of each target of so many calls, 32 at a time over sockets that stay open; `call` makes the one with a number. */
async function shares(alias: string, calls: number, call: (index: number) => Call = () => ({})): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  let next = 0;
  const worker = async () => {
    while (next < calls) {
      const { content, body, headers } = call(next++);
      const answer = await routed.tally(alias, { ...(content === undefined ? null : { messages: [{ role: 'user', content }] }), ...body }, headers);
      expect(answer.status).toBe(200);
      counts[answer.served ?? ''] = (counts[answer.served ?? ''] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 32 }, worker));
  return counts;
}

describe('a strategy gives each target its share of 1,000 calls', { timeout: 60_000 }, () => {
  it('priority: all of them to the first, each with a row of its own, whatever id the provider repeats (F14)', async () => {
    const answer = (id: string | null) => ({ body: JSON.stringify({ id, object: 'chat.completion', created: 1, model: 'm', choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }] }) });
    routed.upstream().script('one', (_request, earlier) => answer(earlier % 2 === 0 ? 'chatcmpl-213' : null));
    expect(await shares('priority', CALLS)).toEqual({ one: CALLS });
    const [rows] = await routed.database.query<{ calls: number; attempts: number }>(
      `SELECT count(*)::int AS calls, (SELECT count(*)::int FROM logs.attempt) AS attempts FROM logs.request WHERE alias = 'priority' AND status = 'completed'`,
    );
    expect(rows).toEqual({ calls: CALLS, attempts: CALLS });
  });

  it('priority: every call to the second while the first fails', async () => {
    routed.upstream().script('down', { status: 503 });
    expect(await shares('failing', CALLS)).toEqual({ two: CALLS });
  });

  it('weighted: 7 to 2 to 1', async () => {
    const { one = 0, two = 0, three = 0 } = await shares('weighted', CALLS);
    expect(one + two + three).toBe(CALLS);
    // Four standard deviations of each.
    expect(Math.abs(one - 700)).toBeLessThan(58);
    expect(Math.abs(two - 200)).toBeLessThan(51);
    expect(Math.abs(three - 100)).toBeLessThan(38);
  });

  it('a canary of 10 % gets a tenth', async () => {
    const { one = 0, two = 0 } = await shares('canary', CALLS);
    expect(one + two).toBe(CALLS);
    expect(Math.abs(two - 100)).toBeLessThan(38);
  });

  it('sticky: a user stays where it is, and users spread', async () => {
    const placed = new Map<string, string | null>();
    const served = await Promise.all(Array.from({ length: 100 }, (_, user) => routed.tally('per-user', { user: `user-${user}` })));
    for (const [user, answer] of served.entries()) placed.set(`user-${user}`, answer.served);
    const moved: string[] = [];
    let next = 0;
    const worker = async () => {
      while (next < CALLS - 100) {
        const user = `user-${next++ % 100}`;
        if ((await routed.tally('per-user', { user })).served !== placed.get(user)) moved.push(user);
      }
    };
    await Promise.all(Array.from({ length: 32 }, worker));
    expect(moved).toEqual([]);
    expect(new Set(placed.values()).size).toBe(3);
  });

  it('cheapest goes by this request, and moves when the price moves', async () => {
    expect(await shares('cheapest', CALLS)).toEqual({ cheap: CALLS });
    await routed.apply('{ apiVersion: fairlead/v1, models: [{ id: cheap, provider: u, prices: { input: "9.00", output: "90.00" } }] }');
    await expect.poll(async () => (await routed.ask('cheapest')).served, { timeout: 5_000 }).toBe('one');
    expect(await shares('cheapest', 200)).toEqual({ one: 200 });
  });

  it('fastest follows the time to the first token, and moves when it moves', async () => {
    routed.upstream().script('two', { delayMs: 200 });
    await shares('fastest', 100);
    const { one = 0 } = await shares('fastest', CALLS);
    expect(one).toBeGreaterThan(CALLS * 0.85);
    routed.upstream().script('two', {});
    routed.upstream().script('one', { delayMs: 200 });
    await shares('fastest', 400);
    const { two = 0 } = await shares('fastest', 300);
    expect(two).toBeGreaterThan(300 * 0.85);
  });
});

describe('a condition gives its target exactly the calls that meet it', { timeout: 60_000 }, () => {
  it.each(CONDITIONS)('$name', async ({ name, met, unmet }) => {
    const counts = await shares(`by-${name}`, CALLS, (index) => (index % 2 === 0 ? met : unmet));
    expect(counts).toEqual(name === 'other-plan' ? { two: CALLS } : { one: CALLS / 2, two: CALLS / 2 });
  });
});
