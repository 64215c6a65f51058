import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { UpstreamFault } from '@/lib/providers/contract';
import { Deadlines } from './deadlines';

const LIMITS = { connectMs: 100, firstTokenMs: 1_000, idleMs: 500, totalMs: 10_000 };
let passed: UpstreamFault[];
let deadlines: Deadlines;
beforeEach(() => {
  vi.useFakeTimers();
  passed = [];
  deadlines = new Deadlines(LIMITS, (fault) => passed.push(fault));
});
afterEach(() => vi.useRealTimers());

it('the wait for the first token begins when the request has left, not while it connects', () => {
  vi.advanceTimersByTime(900);
  deadlines.connected();
  vi.advanceTimersByTime(999);
  expect(passed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(passed).toMatchObject([{ kind: 'first_token_timeout', retry: 'next', message: 'no token within the first token deadline of 1000 ms' }]);
});

it('a call that never gets a socket is one that did not connect', () => {
  vi.advanceTimersByTime(1_100);
  expect(passed).toMatchObject([{ kind: 'connect_timeout' }]);
});

it('each token starts the idle wait anew, and the total ends a stream that never pauses', () => {
  deadlines.connected();
  for (let waited = 0; waited < 9_900; waited += 400) {
    deadlines.progress();
    vi.advanceTimersByTime(400);
  }
  expect(passed).toMatchObject([{ kind: 'total_timeout' }]);
});

it('silence after a token is an idle timeout, and none comes after the end', () => {
  deadlines.connected();
  deadlines.progress();
  vi.advanceTimersByTime(500);
  expect(passed).toMatchObject([{ kind: 'idle_timeout' }]);
  deadlines.clear();
  vi.advanceTimersByTime(60_000);
  expect(passed).toHaveLength(1);
});
