import { hostname } from 'node:os';
import { join } from 'node:path';
import { env } from '@/lib/env';
import { createContacts, createGatewayMetrics, createIdempotency, createKeyUse, createRunningCalls, explainRoute, type RouteDeps, startRouting } from '@/lib/gateway';
import { compileAddressList } from '@/lib/kernel/address-list';
import { systemClock } from '@/lib/kernel/clock';
import { startLedger } from '@/lib/ledger';
import { createMemoryLimiter, createRedisLimiter } from '@/lib/limits';
import { log } from '@/lib/log';
import { startPolicyStore } from '@/lib/policy';
import { privateKeysFrom, seal, unseal } from '@/lib/seal';
import { createGatewayPool } from '@/lib/store';
import { createUpstreamPools } from '@/lib/upstream';
import { endSuspended } from './end-suspended';
import { startHeartbeat } from './heartbeat';
import { serveInternalSocket } from './internal-socket';
import { holdRuntime, type Runtime } from './runtime';

const POOL_SIZE = 8;
/** How long running calls may take to end after SIGTERM; the whole product is gone within 20 s. */
const DRAIN_MS = 8_000;

/**
 * Boots what serves inference: policy, ledger, limiter, upstream pools, heartbeat and the internal socket. Called once
 * per process; a second call, from whichever copy of this module, returns the same runtime.
 */
export function bootRuntime(): Promise<Runtime> {
  return holdRuntime(boot);
}

async function boot(): Promise<Runtime> {
  const clock = systemClock;
  const pool = createGatewayPool({ max: POOL_SIZE, onError: (error) => log.warn({ err: error }, 'a database connection closed') });
  const keys = privateKeysFrom(env().encryptionKeys);
  const streams = createRunningCalls();
  const policy = await startPolicyStore({
    onKeysChanged: () => void endSuspended(pool, streams).catch((error: unknown) => log.warn({ err: error }, 'running calls of suspended organizations could not be ended')),
    pool,
    clock,
    unseal: (sealed) => unseal(keys, sealed),
    onProblem: (what, error) => log.warn({ err: error }, what),
  });
  const ledger = await startLedger({
    pool,
    clock,
    identity: { role: env().role, host: hostname(), pid: process.pid },
    journalFolder: join(env().dataDir, 'journal'),
    alone: env().isDatabaseEmbedded && env().workers === 1,
    onSwept: (calls) => calls > 0 && log.warn({ calls }, 'calls of a process that ended were marked interrupted and their holds released'),
    onError: (error, what) => log.error({ err: error, batch: what }, 'the ledger could not write'),
  });
  const pools = createUpstreamPools({ allowPrivate: env().allowPrivateUpstreams });
  const contacts = createContacts();
  const keyUse = createKeyUse(pool);
  const heartbeat = await startHeartbeat({ pool, flushKeyUse: keyUse.flush });
  const metrics = createGatewayMetrics();
  const routing = startRouting({ pool, clock, processId: ledger.processId, liveProcesses: heartbeat.liveProcesses, onProblem: (error) => log.warn({ err: error }, 'target health could not be exchanged') });
  const idempotency = createIdempotency({
    pool,
    vault: { seal: (text) => seal(env().sealPublicKey, text), unseal: (sealed) => unseal(keys, sealed) },
    onProblem: (error) => log.warn({ err: error }, 'an answer could not be kept for its Idempotency-Key'),
  });
  metrics.watchHealth(() => routing.health.entries.values(), () => clock.monotonic());
  const { redisUrl, otelEndpoint } = env();
  // Loaded only where traces are collected: the library is large.
  const traces = otelEndpoint ? (await import('./otlp-traces')).createOtlpTraces(otelEndpoint, ledger.processId) : null;
  const limiter = redisUrl
    ? createRedisLimiter({ url: redisUrl, clock, liveProcesses: heartbeat.liveProcesses, onProblem: (error) => log.error({ err: error }, 'Redis is away: every process keeps to its share of the limits until it is back') })
    : createMemoryLimiter(clock);

  let draining = false;
  let running = 0;
  let idle: (() => void) | null = null;
  const deps: RouteDeps = {
    get processId() {
      return ledger.processId;
    },
    clock,
    policy,
    limiter,
    traces,
    ledger,
    pools,
    routing,
    idempotency,
    contacts,
    running: streams,
    keyUse,
    log,
    pool,
    trustedProxies: compileAddressList(env().trustedProxies),
    draining: () => draining,
    metrics: {
      ...metrics,
      started() {
        running += 1;
        metrics.started();
      },
      finished(call) {
        running -= 1;
        metrics.finished(call);
        if (running === 0) idle?.();
      },
    },
  };
  const internal = await serveInternalSocket({ contacts, metrics, policy, pools, explain: (question) => explainRoute(deps, question) });

  return {
    deps,
    async ready() {
      try {
        policy.current();
        await pool.query('SELECT 1');
        return !draining;
      } catch {
        return false;
      }
    },
    async stop() {
      draining = true;
      if (running > 0) {
        await Promise.race([new Promise<void>((resolve) => (idle = resolve)), new Promise((resolve) => setTimeout(resolve, DRAIN_MS))]);
      }
      await Promise.race([ledger.drained(), new Promise((resolve) => setTimeout(resolve, 3_000))]);
      await Promise.race([ledger.stop().catch((error: unknown) => log.warn({ err: error }, 'leases are left for the sweep')), new Promise((resolve) => setTimeout(resolve, 1_000))]);
      policy.stop();
      await routing.stop();
      idempotency.stop();
      await heartbeat.stop();
      await internal.close();
      await pools.close();
      await limiter.close();
      await traces?.close().catch(() => undefined);
      await pool.end();
    },
  };
}
