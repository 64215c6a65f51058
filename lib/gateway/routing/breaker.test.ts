import { expect, it } from 'vitest';
import { Breaker } from './breaker';

const settings = { failures: 3, coolDownMs: 1_000, maxCoolDownMs: 2_000 };
const fault = { kind: 'server' as const, message: 'down' };

it('D23 opens after failures in a row, sends one probe, and cools down for longer each time until it succeeds', () => {
  const breaker = new Breaker();
  expect([breaker.failed(fault, 0, 0, false, settings), breaker.failed(fault, 1, 1, false, settings)]).toEqual([false, false]);
  expect(breaker.gate(2)).toBe('closed');
  expect(breaker.failed(fault, 2, 2, false, settings)).toBe(true);
  expect([breaker.gate(1_001), breaker.gate(1_002)]).toEqual(['open', 'probe']);
  expect(breaker.failed(fault, 1_002, 1_002, true, settings)).toBe(true);
  expect([breaker.gate(2_501), breaker.gate(2_502)]).toEqual(['open', 'probe']);
  breaker.failed(fault, 2_502, 2_502, true, settings);
  expect([breaker.gate(4_501), breaker.gate(4_502)]).toEqual(['open', 'probe']);
  expect(breaker.succeeded(4_600, true)).toBe(true);
  expect([breaker.state, breaker.trips]).toEqual(['closed', 0]);
});

it('an answer to a call sent before it opened does not close it, and a refusal of the request says nothing', () => {
  const breaker = new Breaker();
  for (let call = 0; call < 3; call++) breaker.failed(fault, call, call, false, settings);
  expect(breaker.succeeded(10, false)).toBe(false);
  expect(breaker.gate(10)).toBe('open');
});

it('a limit cools down for as long as the provider asks, then everything may pass', () => {
  const breaker = new Breaker();
  breaker.failed({ kind: 'rate_limit', message: 'slow down', retryAfterMs: 5_000 }, 0, 0, false, settings);
  expect([breaker.gate(4_999), breaker.gate(5_000)]).toEqual(['open', 'closed']);
});
