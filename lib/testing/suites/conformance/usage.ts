import { describe, expect, it } from 'vitest';
import { readStream } from '../subject';
import type { Calls } from './calls';

/** What is counted. */
export function describeUsage(calls: Calls): void {
  describe('usage', () => {
    it('that says zero is zero, not missing (A11)', async () => {
      const { response } = await calls.ask('zero-usage');
      expect(await calls.key().readRequest(response.headers.get('x-request-id') ?? '')).toMatchObject({ usage: { input_tokens: 0, output_tokens: 0 }, usage_source: 'reported', cost_usd: '0.000000' });
    });

    it('that is missing is estimated from what was delivered and marked so (B05)', async () => {
      const { response } = await calls.ask('no-usage');
      const request = await calls.key().readRequest(response.headers.get('x-request-id') ?? '');
      expect(request.usage_source).toBe('estimated');
      expect(request.usage.output_tokens).toBeGreaterThan(0);
    });

    it('that a stream never tells is estimated from what was delivered, within the hold (B05)', async () => {
      const { data, response } = await calls.stream('no-usage');
      expect((await readStream(data)).text).toBe('hello');
      const request = await calls.key().readRequest(response.headers.get('x-request-id') ?? '');
      expect(request).toMatchObject({ status: 'completed', usage_source: 'estimated' });
      expect(request.usage.output_tokens).toBeGreaterThan(0);
      expect(request.usage.output_tokens).toBeLessThanOrEqual('hello'.length);
      expect(Number(request.cost_usd)).toBeGreaterThan(0);
    });

    it('that is negative is never a credit (A12)', async () => {
      const { response } = await calls.ask('negative-usage');
      expect(Number(response.headers.get('x-fairlead-cost-usd'))).toBeGreaterThanOrEqual(0);
    });
  });
}
