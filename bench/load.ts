import { Pool } from 'undici';
import { readCpu } from './cpu';

export interface Load {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Answers that were not what was asked for: another status, other text, a stream without its end. */
  errors: number;
  /** CPU microseconds per request of the target's Node process and of its Postgres; NaN where the system does not say. */
  nodeUs: number;
  postgresUs: number;
}

export interface Target {
  name: string;
  url: string;
  key: string;
  /** The target's process, the root of its tree. */
  pid: number;
}

/** What is asked for, and what the whole answer says. */
export interface Ask {
  stream: boolean;
  model?: string;
  text?: string;
}

/**
 * Loads one target for some seconds: each connection asks, reads its answer to the end, checks it and asks again. A fast
 * wrong answer is an error, not a request.
 */
export function load(target: Target, options: Ask & { seconds: number; connections: number }): Promise<Load> {
  return measure(target, options, options.connections, async (once) => {
    const until = performance.now() + options.seconds * 1_000;
    const connection = async () => {
      while (performance.now() < until) await once();
    };
    await Promise.all(Array.from({ length: options.connections }, connection));
  });
}

/** Asks so many times a second, however long the answers take: what a gateway adds when nothing is busy. */
export function askSteadily(target: Target, options: Ask & { seconds: number; perSecond: number }): Promise<Load> {
  return measure(target, options, 64, async (once) => {
    const running: Promise<void>[] = [];
    const startedAt = performance.now();
    for (let asked = 0; asked < options.seconds * options.perSecond; ) {
      const due = Math.floor(((performance.now() - startedAt) / 1_000) * options.perSecond);
      for (; asked <= due; asked++) running.push(once());
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(running);
  });
}

async function measure(target: Target, ask: Ask, connections: number, drive: (once: () => Promise<void>) => Promise<void>): Promise<Load> {
  const { origin, pathname: path } = new URL(target.url);
  const pool = new Pool(origin, { connections });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${target.key}` };
  const body = JSON.stringify({
    model: ask.model ?? 'bench',
    messages: [{ role: 'user', content: 'Say hello.' }],
    max_tokens: 20,
    ...(ask.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  });
  const expected = ask.text ?? 'hello';
  const check = ask.stream ? isWholeStream : isWholeAnswer;
  const latencies: number[] = [];
  let errors = 0;
  const once = async () => {
    const sentAt = performance.now();
    const right = await pool.request({ method: 'POST', path, headers, body }).then(
      async (answer) => check(await answer.body.text(), expected) && answer.statusCode === 200,
      () => false,
    );
    if (right) latencies.push(performance.now() - sentAt);
    else errors += 1;
  };
  const before = readCpu(target.pid);
  const startedAt = performance.now();
  await drive(once);
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = readCpu(target.pid);
  await pool.close();
  latencies.sort((a, b) => a - b);
  const percentile = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN;
  const perRequest = (what: 'nodeMs' | 'postgresMs') => (before && after ? ((after[what] - before[what]) * 1_000) / latencies.length : Number.NaN);
  return { requestsPerSecond: latencies.length / seconds, p50Ms: percentile(0.5), p99Ms: percentile(0.99), errors, nodeUs: perRequest('nodeMs'), postgresUs: perRequest('postgresMs') };
}

function isWholeAnswer(text: string, expected: string): boolean {
  const answer = JSON.parse(text) as { choices?: { message?: { content?: string } }[]; usage?: { total_tokens?: number } };
  return answer.choices?.[0]?.message?.content === expected && answer.usage?.total_tokens === 30;
}

/** The text of all content, usage once, and `[DONE]` as the last event. */
function isWholeStream(text: string, expected: string): boolean {
  const events = text.trimEnd().split('\n\n');
  let said = '';
  let usages = 0;
  for (const event of events) {
    if (event === 'data: [DONE]') continue;
    const chunk = JSON.parse(event.slice(6)) as { choices?: { delta?: { content?: string } }[]; usage?: object | null };
    said += chunk.choices?.[0]?.delta?.content ?? '';
    if (chunk.usage) usages += 1;
  }
  return said === expected && usages === 1 && events.at(-1) === 'data: [DONE]';
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
