// npm run bench: upstream, raw proxy and product are loaded in turn in one run, so that their ratios mean something on
// whatever machine this is. Absolute numbers do not travel; ratios do.
import { cpus } from 'node:os';
import { askSteadily, load, median, type Load, type Target } from './load';
import { type Product, type Running, startEntry, startProduct } from './processes';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
/** A busy client, and a gateway that holds many slow calls. */
const CONNECTIONS = [16, 64];
/** How a call feels on a gateway that is not busy. */
const STEADY_PER_SECOND = 200;
const WORDS = Array.from({ length: 200 }, (_, index) => `word${index} `).join('');

function config(upstream: string, logBodies = true): string {
  return `apiVersion: fairlead/v1
providers:
  - id: bench
    adapter: openai-compatible
    baseUrl: ${upstream}/v1
    credentials: [{ name: main, secret: "\${env:BENCH_UPSTREAM_KEY}" }]
models:
  - id: bench-model
    provider: bench
    upstreamModel: bench
    contextWindow: 128000
    maxOutputTokens: 4096
    prices: { currency: USD, input: "2.00", output: "8.00" }
  - { id: slow-50, provider: bench, contextWindow: 128000, maxOutputTokens: 4096, prices: { currency: USD, input: "2.00", output: "8.00" } }
  - { id: chunks-200-every-5, provider: bench, contextWindow: 128000, maxOutputTokens: 4096, prices: { currency: USD, input: "2.00", output: "8.00" } }
aliases:
  - name: bench
    targets: [{ model: bench-model }]
plans:
  - id: bench
    name: Bench
    models: { allow: ["*"], deny: [] }
    logRetentionDays: 7
    prepaid: false
settings: { logBodies: ${logBodies} }
`;
}

async function keysOf(product: Awaited<ReturnType<typeof startProduct>>): Promise<{ unlimited: string; limited: string }> {
  const org = await product.cli<{ slug: string }>('org', 'create', '--name', 'Bench', '--owner', 'bench@example.com', '--password', 'bench-password-1', '--plan', 'bench');
  const unlimited = await product.cli<{ key: string }>('key', 'create', '--org', org.slug, '--name', 'unlimited');
  const limited = await product.cli<{ key: string }>('key', 'create', '--org', org.slug, '--name', 'limited', '--budget', '100000.00/month');
  return { unlimited: unlimited.key, limited: limited.key };
}

async function main(): Promise<void> {
  process.env.BENCH_UPSTREAM_KEY ??= 'sk-bench-upstream';
  const running: Running[] = [];
  const started = async <T extends Running>(process: Promise<T>): Promise<T> => {
    const ready = await process;
    running.push(ready);
    return ready;
  };
  try {
    const upstream = await started(startEntry('lib/testing/fake-upstream/main.ts', { PORT: '0' }));
    const raw = await started(startEntry('bench/raw-proxy.ts', { PORT: '0', UPSTREAM: `${upstream.origin}/v1` }));
    const product = await started(startProduct('node', config(upstream.origin)));
    const routes = await started(startProduct('route handlers', config(upstream.origin)));
    const keys = await keysOf(product);
    const routeKeys = await keysOf(routes);
    const path = '/v1/chat/completions';
    const targets: Target[] = [
      { name: 'upstream, direct', url: upstream.origin + path, key: 'none', pid: upstream.pid },
      { name: 'raw Node proxy', url: raw.origin + path, key: 'none', pid: raw.pid },
      { name: 'Fairlead, no dollar limit', url: product.origin + path, key: keys.unlimited, pid: product.pid },
      { name: 'Fairlead, dollar limit', url: product.origin + path, key: keys.limited, pid: product.pid },
      { name: 'Fairlead as route handlers, no dollar limit', url: routes.origin + path, key: routeKeys.unlimited, pid: routes.pid },
    ];
    for (const connections of CONNECTIONS) for (const stream of [false, true]) await compare(targets, stream, connections);
    const [direct, proxy, , limited] = targets as [Target, Target, Target, Target];
    await compareLongStreams(targets.slice(1, 4));
    await compareSteady(direct, proxy, limited, product, (logBodies) => config(upstream.origin, logBodies));
  } finally {
    for (const process of running.reverse()) await process.stop();
  }
}

async function compare(targets: Target[], stream: boolean, connections: number): Promise<void> {
  const rounds = new Map<Target, Load[]>(targets.map((target) => [target, []]));
  for (const target of targets) await load(target, { stream, seconds: 2, connections });
  for (let round = 0; round < ROUNDS; round++) {
    for (const target of targets) rounds.get(target)?.push(await load(target, { stream, seconds: SECONDS, connections }));
  }
  const rates = new Map(targets.map((target) => [target, median((rounds.get(target) ?? []).map((one) => one.requestsPerSecond))]));
  const [direct, raw] = targets.map((target) => rates.get(target) ?? 0) as [number, number];
  console.log(`\n### ${stream ? 'Streams' : 'Whole answers'}: ${connections} connections, ${ROUNDS} rounds of ${SECONDS} s, medians, ${cpus().length} cores, Node ${process.versions.node}\n`);
  console.log('| target | requests/s | p50 ms | p99 ms | × raw proxy | × direct | Node µs/request | Postgres µs/request | errors |');
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|---:|');
  for (const target of targets) {
    const all = rounds.get(target) ?? [];
    const rate = rates.get(target) ?? 0;
    const cells = [
      target.name,
      rate.toFixed(0),
      median(all.map((one) => one.p50Ms)).toFixed(2),
      median(all.map((one) => one.p99Ms)).toFixed(2),
      (rate / raw).toFixed(2),
      (rate / direct).toFixed(2),
      median(all.map((one) => one.nodeUs)).toFixed(0),
      median(all.map((one) => one.postgresUs)).toFixed(0),
      all.reduce((sum, one) => sum + one.errors, 0),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** What a word of a stream costs: a long answer is mostly words. */
async function compareLongStreams(targets: Target[]): Promise<void> {
  const ask = { stream: true, model: 'chunks-200-every-5', text: WORDS, connections: 32 };
  console.log(`\n### Streams of 200 chunks, one every 5 ms: ${ask.connections} connections, ${SECONDS} s\n`);
  console.log('| target | streams/s | Node µs/stream | × raw proxy | Postgres µs/stream | errors |');
  console.log('|---|---:|---:|---:|---:|---:|');
  let raw = Number.NaN;
  for (const target of targets) {
    await load(target, { ...ask, seconds: 1 });
    const { requestsPerSecond, nodeUs, postgresUs, errors } = await load(target, { ...ask, seconds: SECONDS });
    if (target === targets[0]) raw = nodeUs;
    console.log(`| ${target.name} | ${requestsPerSecond.toFixed(1)} | ${nodeUs.toFixed(0)} | ${(nodeUs / raw).toFixed(2)} | ${postgresUs.toFixed(0)} | ${errors} |`);
  }
}

/** What is added to an upstream that answers in 50 ms, the wait for the settlement included. */
async function compareSteady(direct: Target, raw: Target, limited: Target, product: Product, configure: (logBodies: boolean) => string): Promise<void> {
  const ask = { stream: false, model: 'slow-50', perSecond: STEADY_PER_SECOND };
  console.log(`\n### ${STEADY_PER_SECOND} requests/s over an upstream that answers in 50 ms, ${ROUNDS} rounds of ${SECONDS} s, medians\n`);
  console.log('| target | p50 ms | p50 added ms | p99 ms | errors |');
  console.log('|---|---:|---:|---:|---:|');
  let base = Number.NaN;
  const row = async (name: string, target: Target) => {
    const all: Load[] = [];
    await askSteadily(target, { ...ask, seconds: 1 });
    for (let round = 0; round < ROUNDS; round++) all.push(await askSteadily(target, { ...ask, seconds: SECONDS }));
    const p50 = median(all.map(({ p50Ms }) => p50Ms));
    if (target === direct) base = p50;
    console.log(`| ${name} | ${p50.toFixed(2)} | ${(p50 - base).toFixed(2)} | ${median(all.map(({ p99Ms }) => p99Ms)).toFixed(2)} | ${all.reduce((sum, { errors }) => sum + errors, 0)} |`);
  };
  await row(direct.name, direct);
  await row(raw.name, raw);
  await row(`${limited.name}, bodies logged`, limited);
  await product.configure(configure(false));
  await row(`${limited.name}, bodies not logged`, limited);
}

await main();
