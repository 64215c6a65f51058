import { describe, expect, it } from 'vitest';
import { createMemoryLimiter } from './memory-limiter';
import type { LimitScope } from './types';

const scope = (id: string, limits: Partial<LimitScope>): LimitScope => ({ id, label: `The ${id}`, rpm: null, tpm: null, concurrency: null, ...limits });

describe('x-ratelimit-* show the key’s or the plan’s own limit', () => {
  it('a key that limits requests only shows the tokens of its plan', () => {
    const limiter = createMemoryLimiter({ monotonic: () => 0 });
    const [key, plan] = [scope('key', { rpm: 2 }), scope('plan', { rpm: 600, tpm: 100_000 })];
    const shown = { requests: key, tokens: plan };
    expect(limiter.admit([key, plan], 40, shown).headers).toEqual({
      limitRequests: 2,
      remainingRequests: 1,
      resetRequestsMs: 60_000,
      limitTokens: 100_000,
      remainingTokens: 99_960,
      resetTokensMs: 60_000,
    });
    expect(limiter.headersFor(shown)).toMatchObject({ remainingRequests: 1, remainingTokens: 99_960 });
  });

  it('a refusal counts one request as one', () => {
    const limiter = createMemoryLimiter({ monotonic: () => 0 });
    const one = scope('key', { rpm: 1 });
    limiter.admit([one], 0, { requests: one, tokens: one });
    expect(() => limiter.admit([one], 0, { requests: one, tokens: one })).toThrow('The key allows 1 request a minute; try again in 60 s.');
  });
});
