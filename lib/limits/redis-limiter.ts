import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Clock } from '@/lib/kernel/clock';
import { createMemoryLimiter } from './memory-limiter';
import { type LimitKind, limitError, rateHeaders } from './rate-headers';
import { ADMIT, RELEASE } from './redis-scripts';
import { type Count, type Limiter, type LimitScope, type ShownScopes, type Slot, WINDOW_MS } from './types';

/** A Redis that does not answer in this time counts as away. */
const PATIENCE_MS = 250;
/** A slot that is not renewed for this long belonged to a process that died. */
const SLOT_LIFE_MS = 45_000;
const RENEW_MS = 15_000;
const SEEN_SCOPES = 50_000;

interface RunningCall {
  id: string;
  scopes: readonly LimitScope[];
}

type Commands = Redis & {
  admitCall(keys: number, ...args: (string | number)[]): Promise<(number | string)[]>;
  releaseCall(keys: number, ...args: (string | number)[]): Promise<number>;
};

/**
 * Counters that all processes share in Redis or Valkey: one round trip a call for all of its scopes. When Redis is away,
 * each process goes on with its share of what was left of every limit, so that the sum stays within the limit; slots of
 * a process that died lapse after 45 s.
 */
export function createRedisLimiter(deps: {
  url: string;
  clock: Clock;
  /** Processes that serve now, this one included. */
  liveProcesses(): number;
  onProblem(error: unknown): void;
}): Limiter {
  const { clock, liveProcesses } = deps;
  const redis = new Redis(deps.url, {
    commandTimeout: PATIENCE_MS,
    connectTimeout: 2_000,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(100 * times, 1_000),
  }) as Commands;
  let away: unknown = null;
  const note = (error: unknown) => {
    if (away === null) deps.onProblem(error);
    away = error;
  };
  redis.on('error', note);
  redis.defineCommand('admitCall', { lua: ADMIT });
  redis.defineCommand('releaseCall', { lua: RELEASE });

  const alone = createMemoryLimiter(clock);
  const seen = new Map<string, Count & { at: number }>();
  const running = new Set<RunningCall>();
  const renewal = setInterval(() => void renew(redis, running).catch(note), RENEW_MS);
  renewal.unref();

  const shareOf = (scope: LimitScope): LimitScope => {
    const processes = Math.max(1, liveProcesses());
    const last = seen.get(scope.id);
    const isSameMinute = last !== undefined && clock.monotonic() - last.at < last.resetMs;
    const share = (limit: number | null, used: number): number | null =>
      limit === null ? null : Math.floor(Math.max(0, limit - (isSameMinute ? used : 0)) / processes);
    return { ...scope, rpm: share(scope.rpm, last?.requests ?? 0), tpm: share(scope.tpm, last?.tokens ?? 0), concurrency: share(scope.concurrency, 0) };
  };

  const remember = (scope: LimitScope, count: Count) => {
    if (seen.size > SEEN_SCOPES) seen.clear();
    seen.set(scope.id, { ...count, at: clock.monotonic() });
  };

  const admitTogether = async (scopes: readonly LimitScope[], estimatedTokens: number, shown: ShownScopes): Promise<Slot> => {
    const call: RunningCall = { id: randomUUID(), scopes };
    const keys = keysOf(scopes);
    const answer = await redis.admitCall(
      keys.length,
      ...keys,
      call.id,
      estimatedTokens,
      SLOT_LIFE_MS,
      ...scopes.flatMap(({ rpm, tpm, concurrency }) => [rpm ?? -1, tpm ?? -1, concurrency ?? -1]),
    );
    away = null;
    const counts = scopes.map((_, index) => countAt(answer, index));
    for (const [index, scope] of scopes.entries()) remember(scope, counts[index] as Count);
    const broken = Number(answer[0]);
    if (broken > 0) throw limitError(scopes[broken - 1] as LimitScope, answer[1] as LimitKind, (counts[broken - 1] as Count).resetMs);
    running.add(call);
    const windows = scopes.map((_, index) => String(answer[2 + 4 * scopes.length + index]));
    return {
      headers: headersFor(shown),
      release(actualTokens) {
        if (!running.delete(call)) return;
        const delta = actualTokens === null ? 0 : actualTokens - estimatedTokens;
        redis.releaseCall(keys.length, ...keys, call.id, delta, ...windows).catch(note);
      },
    };
  };

  const lastCount = (scope: LimitScope): Count => {
    const last = seen.get(scope.id);
    const age = last === undefined ? WINDOW_MS : clock.monotonic() - last.at;
    return !last || age >= last.resetMs ? { requests: 0, tokens: 0, running: 0, resetMs: 0 } : { ...last, resetMs: last.resetMs - age };
  };
  const headersFor = (shown: ShownScopes) => rateHeaders(shown, lastCount(shown.requests), lastCount(shown.tokens));

  return {
    headersFor,
    async admit(scopes, estimatedTokens, shown) {
      try {
        return await admitTogether(scopes, estimatedTokens, shown);
      } catch (error) {
        if (isRefusal(error)) throw error;
        note(error);
        const slot = alone.admit(scopes.map(shareOf), estimatedTokens, { requests: shareOf(shown.requests), tokens: shareOf(shown.tokens) });
        return { ...slot, headers: { ...slot.headers, limitRequests: shown.requests.rpm, limitTokens: shown.tokens.tpm } };
      }
    },
    async close() {
      clearInterval(renewal);
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}

/** Calls that outlive a slot's life say that they still run. */
async function renew(redis: Redis, running: ReadonlySet<RunningCall>): Promise<void> {
  if (running.size === 0) return;
  const [seconds, micros] = await redis.time();
  const lapses = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000) + SLOT_LIFE_MS;
  const pipeline = redis.pipeline();
  for (const { id, scopes } of running) {
    for (const scope of scopes) {
      pipeline.zadd(runningKey(scope), 'XX', lapses, id);
      pipeline.pexpire(runningKey(scope), SLOT_LIFE_MS + WINDOW_MS);
    }
  }
  await pipeline.exec();
}

function keysOf(scopes: readonly LimitScope[]): string[] {
  return scopes.flatMap((scope) => [`fairlead:limit:${scope.id}`, runningKey(scope)]);
}

function runningKey(scope: LimitScope): string {
  return `fairlead:running:${scope.id}`;
}

function countAt(answer: readonly (number | string)[], index: number): Count {
  const at = (offset: number) => Number(answer[2 + 4 * index + offset]);
  return { requests: at(0), tokens: at(1), running: at(2), resetMs: Math.max(0, at(3)) };
}

function isRefusal(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'rate_limit_exceeded';
}
