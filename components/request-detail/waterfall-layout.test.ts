import { expect, it } from 'vitest';
import type { AttemptJson } from '@/lib/query/types';
import { layOutWaterfall } from './waterfall-layout';

const attempt = (values: Partial<AttemptJson>): AttemptJson => ({
  index: 0,
  model: 'std',
  upstream_model: 'std',
  provider: 'u1',
  credential_last4: '',
  chosen: null,
  left_for: null,
  reason: 'primary',
  outcome: 'completed',
  status: 200,
  provider_request_id: null,
  started_at: '',
  offset_ms: 2,
  connect_ms: 3,
  ttft_ms: 80,
  duration_ms: 250,
  usage: { input_tokens: 1, cached_input_tokens: 0, cache_write_tokens: 0, output_tokens: 1, reasoning_tokens: null },
  cost_usd: '0.000000',
  error_message: null,
  mapped: [],
  bad_chunks: 0,
  ...values,
});

it('every part stands where and as long as it was', () => {
  const { lanes, totalMs, gatewayMs, waitedMs } = layOutWaterfall({
    attempts: [attempt({ outcome: 'server', status: 503, ttft_ms: null, duration_ms: 40 }), attempt({ index: 1, reason: 'fallback', offset_ms: 100 })],
    timings: { auth: 0.2, policy: 0.1, hold: 1.1, settle: 2 },
    duration_ms: 350,
  });
  expect(totalMs).toBe(352);
  expect([gatewayMs, waitedMs].map((ms) => Number(ms.toFixed(1)))).toEqual([4, 58]);
  expect(lanes.map((lane) => lane.segments.map(({ kind, startMs, lengthMs }) => [kind, Number(startMs.toFixed(1)), Number(lengthMs.toFixed(1))]))).toEqual([
    [
      ['auth', 0, 0.2],
      ['policy', 0.2, 0.1],
      ['hold', 0.3, 1.1],
      ['gateway', 1.4, 0.6],
    ],
    [
      ['connect', 2, 3],
      ['failed', 5, 37],
    ],
    [
      ['connect', 100, 3],
      ['wait', 103, 77],
      ['stream', 180, 170],
    ],
    [['settle', 350, 2]],
  ]);
});

it('a request that never left the gateway still has its lane', () => {
  const { lanes, totalMs, ticksMs } = layOutWaterfall({ attempts: [], timings: {}, duration_ms: 0.8 });
  expect(lanes).toHaveLength(1);
  expect(totalMs).toBe(0.8);
  expect(ticksMs[0]).toBe(0);
  expect(Math.max(...ticksMs)).toBeLessThanOrEqual(0.8);
});
