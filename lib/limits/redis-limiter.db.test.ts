import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '@/lib/kernel/clock';
import { findRedisServer, startTestRedis, type TestRedis } from '@/lib/testing/redis';
import { createRedisLimiter } from './redis-limiter';
import type { Limiter, LimitScope, Slot } from './types';

const scope = (id: string, limits: Partial<LimitScope> = {}): LimitScope => ({
  id,
  label: `The key ${id}`,
  rpm: null,
  tpm: null,
  concurrency: null,
  ...limits,
});
const shown = (of: LimitScope) => ({ requests: of, tokens: of });

// Debian and its kin: apt-get install redis-server.
describe.skipIf(findRedisServer() === null)('two processes that share their counters in Redis (skipped where the machine has no redis-server)', () => {
  let redis: TestRedis;
  let processes: [Limiter, Limiter];
  const problems: unknown[] = [];

  beforeEach(async () => {
    redis = await startTestRedis();
    const limiter = () => createRedisLimiter({ url: redis.url, clock: systemClock, liveProcesses: () => 2, onProblem: (error) => problems.push(error) });
    processes = [limiter(), limiter()];
    await untilShared();
  });
  afterEach(async () => {
    await Promise.all(processes.map((limiter) => limiter.close()));
    await redis.close();
  });

  /** Both are connected once what one counts is seen by the other. */
  async function untilShared(): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      const probe = scope(`probe-${tries}`, { rpm: 10 });
      for (const limiter of processes) (await limiter.admit([probe], 0, shown(probe))).release(0);
      if (processes[1].headersFor(shown(probe)).remainingRequests === 8) return;
      await sleep(25);
    }
    throw new Error('the processes do not share a counter');
  }

  async function outcomes(
    calls: number,
    limits: LimitScope[],
    tokens = 0,
  ): Promise<{ passed: Slot[]; refused: { code: string; extras: { retryAfterS?: number } }[] }> {
    const settled = await Promise.allSettled(
      Array.from({ length: calls }, async (_, index) => (processes[index % 2] as Limiter).admit(limits, tokens, shown(limits[0] as LimitScope))),
    );
    return {
      passed: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
      refused: settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])),
    };
  }

  it('E03 lets exactly 60 of 100 calls a minute through, and says when to come back', async () => {
    const { passed, refused } = await outcomes(100, [scope('key:a', { rpm: 60 })]);
    expect(passed).toHaveLength(60);
    expect(refused).toHaveLength(40);
    for (const error of refused) {
      expect(error.code).toBe('rate_limit_exceeded');
      expect(error.extras.retryAfterS).toBeGreaterThanOrEqual(1);
    }
    expect(Math.min(...passed.map(({ headers }) => headers.remainingRequests as number))).toBe(0);
    expect(passed.every(({ headers }) => headers.limitRequests === 60 && (headers.resetRequestsMs as number) > 50_000)).toBe(true);
  });

  it('counts a call in all of its scopes or in none', async () => {
    const wide = scope('org:a', { rpm: 100 });
    const narrow = scope('key:b', { rpm: 1 });
    await outcomes(10, [wide, narrow]);
    expect(processes[0].headersFor(shown(wide)).remainingRequests).toBe(99);
  });

  it('E04 puts the tokens that were used in the place of the estimate', async () => {
    const limits = [scope('key:c', { tpm: 1_000 })];
    const { passed } = await outcomes(2, limits, 400);
    expect((await outcomes(1, limits, 400)).refused).toHaveLength(1);
    for (const slot of passed) slot.release(10);
    await sleep(50);
    expect((await outcomes(2, limits, 400)).passed).toHaveLength(2);
  });

  it('E05 lets five calls run at the same time, and the next when one ends', async () => {
    const limits = [scope('key:d', { concurrency: 5 })];
    const { passed, refused } = await outcomes(8, limits);
    expect([passed.length, refused.length]).toEqual([5, 3]);
    passed[0]?.release(null);
    passed[0]?.release(null);
    await sleep(50);
    expect((await outcomes(3, limits)).passed).toHaveLength(1);
  });

  it('E06 never lets more through than the limit when Redis is lost under load', async () => {
    const limits = [scope('key:e', { rpm: 60 })];
    // One after the other, so that both know what was counted when Redis goes: a share is of what was left as far as one knows.
    for (let i = 0; i < 20; i++) await (processes[i % 2] as Limiter).admit(limits, 0, shown(limits[0] as LimitScope));
    await redis.kill();
    const after = await outcomes(200, limits);
    const total = 20 + after.passed.length;
    expect(total).toBeLessThanOrEqual(60);
    expect(total).toBeGreaterThan(50);
    expect(problems.length).toBeGreaterThan(0);
    expect(after.passed[0]?.headers.limitRequests).toBe(60);
  });

  it('shares again as soon as Redis is back', async () => {
    await redis.kill();
    await outcomes(4, [scope('key:f', { rpm: 60 })]);
    await redis.restart();
    await untilShared();
  });
});
