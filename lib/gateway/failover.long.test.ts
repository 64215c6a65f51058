import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { routedGateway } from '@/lib/testing/routed-gateway';

/** What takes minutes of real time. A model per case, so that all of them can wait at once. */
const routed = await routedGateway((url) => {
  const provider = (id: string, more = '') => `  - { id: ${id}, adapter: openai-compatible, baseUrl: "${url}/v1", credentials: [{ name: a, secret: "\${env:A}" }]${more} }`;
  const model = (id: string, of: string) => `  - { id: ${id}, provider: ${of}, maxOutputTokens: 4096, prices: { input: "2.00", output: "8.00" } }`;
  return `apiVersion: fairlead/v1
providers:
${provider('flapping')}
${provider('patient', ', timeouts: { firstTokenMs: 400000, idleMs: 400000, totalMs: 600000 }')}
${provider('healthy')}
${provider('gone')}
models:
${model('flappy', 'flapping')}
${model('thinker', 'patient')}
${model('steady', 'healthy')}
${model('lost', 'gone')}
aliases:
  - { name: flaps, targets: [{ model: flappy }, { model: steady }] }
  - { name: loses, targets: [{ model: lost }] }
`;
});

it('D18 500 clients at once for 30 s while the only provider is down: few retries, an open circuit, and errors that come fast', async () => {
  routed.upstream().script('lost', { status: 503 });
  const startedAt = Date.now();
  const waits: number[] = [];
  const client = async (_: unknown, index: number) => {
    // They come within two seconds: 500 connections in one moment would measure the queue of the operating system.
    await sleep(index * 4);
    while (Date.now() - startedAt < 30_000) {
      const askedAt = performance.now();
      // A process that cannot keep up sheds what it has not begun: 503.
      expect([502, 503]).toContain((await routed.tally('loses')).status);
      waits.push(performance.now() - askedAt);
    }
  };
  await Promise.all(Array.from({ length: 500 }).map(client));
  const seconds = (Date.now() - startedAt) / 1_000;
  const [told] = await routed.database.query<{ first: number; retries: number }>(
    `SELECT count(*) FILTER (WHERE reason <> 'retry')::int AS first, count(*) FILTER (WHERE reason = 'retry')::int AS retries FROM logs.attempt WHERE model_id = 'lost'`,
  );
  const { first = 0, retries = 0 } = told ?? {};
  const p99 = waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.99)] as number;
  console.info(`D18: ${waits.length} calls in ${seconds.toFixed(1)} s, ${first} first attempts, ${retries} retries, p99 ${p99.toFixed(0)} ms`);
  expect(retries).toBeLessThanOrEqual(0.2 * first + 10 * seconds + 10);
  // Open circuit: of all these calls the provider hears a few.
  expect(first).toBeLessThan(waits.length / 4);
  expect(p99).toBeLessThan(1_000);
});

describe.concurrent('over minutes', () => {
  it('D15 60 s down, then healthy; a call every 4 s: all answered, single probes, the primary back within 30 s', async () => {
    const startedAt = Date.now();
    let concurrent = 0;
    let mostAtOnce = 0;
    routed.upstream().script('flappy', () => {
      const isDown = Date.now() - startedAt < 60_000;
      mostAtOnce = Math.max(mostAtOnce, ++concurrent);
      setTimeout(() => concurrent--, 50);
      return isDown ? { status: 503 } : {};
    });
    const seen: { at: number; served: string | null }[] = [];
    for (let call = 0; call < 25; call++) {
      await sleep(Math.max(0, startedAt + call * 4_000 - Date.now()));
      const answer = await routed.ask('flaps');
      expect(answer.status).toBe(200);
      seen.push({ at: Date.now() - startedAt, served: answer.served });
    }
    const back = seen.find(({ served }) => served === 'flappy');
    expect(seen.filter(({ at }) => at < 60_000).every(({ served }) => served === 'steady')).toBe(true);
    expect(back?.at).toBeLessThan(90_000);
    expect(seen.filter(({ at }) => at > (back?.at ?? 0)).every(({ served }) => served === 'flappy')).toBe(true);
    const down = routed.askedFor('flappy').filter(({ status }) => status === 503);
    // Five failures open it; then pauses of 10, 15 and 20 s, with one probe after each.
    expect(down.length).toBeLessThanOrEqual(5 + 3);
    expect(mostAtOnce).toBe(1);
  });

  it.each([true, false])('D21 an answer whose first byte comes after 310 s arrives (stream: %s)', async (stream) => {
    routed.upstream().script('thinker', { firstTokenMs: 310_000 });
    const startedAt = Date.now();
    const answer = await routed.ask('thinker', { stream });
    expect(Date.now() - startedAt).toBeGreaterThan(309_000);
    expect(answer.status).toBe(200);
    if (!stream) return expect(JSON.parse(answer.text)).toMatchObject({ choices: [{ message: { content: 'hello' } }] });
    expect(answer.text.match(/^: /gm)?.length).toBeGreaterThanOrEqual(19);
    expect(answer.text.trimEnd().endsWith('data: [DONE]')).toBe(true);
  });
});
