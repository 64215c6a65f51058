import { describe, expect, it } from 'vitest';
import type { Clock } from '@/lib/kernel/clock';
import { type CompiledCredential, type CompiledModel, DEFAULT_BREAKER } from '@/lib/policy';
import { Health } from './health';

const credential = { id: 'cred_1', last4: 'aaaa' } as CompiledCredential;
const primary = { id: 'primary', provider: { id: 'u', breaker: DEFAULT_BREAKER } } as CompiledModel;
const fault = { kind: 'server' as const, retry: 'same' as const, message: 'down' };

class TestClock implements Clock {
  ms = 0;
  now = () => this.ms;
  monotonic = () => this.ms;
}

/** A call every four seconds to a target that is down for a minute, over two minutes of a clock that the test moves. */
function flap(attemptsACall: number) {
  const clock = new TestClock();
  const health = new Health(clock, () => 1);
  const calls: { at: number; asked: number; probe: boolean; answered: boolean }[] = [];
  for (clock.ms = 0; clock.ms < 120_000; clock.ms += 4_000) {
    const call = { at: clock.ms, asked: 0, probe: false, answered: false };
    for (let attempt = 0; attempt < attemptsACall && !call.answered; attempt++) {
      const admission = health.enter(primary, credential, false);
      if (!admission) break;
      call.asked += 1;
      call.probe ||= admission.probe;
      if (clock.ms < 60_000) admission.failed(fault);
      else {
        admission.succeeded();
        call.answered = true;
      }
    }
    calls.push(call);
  }
  return calls;
}

describe.each([1, 2])('D15 a target that is down for 60 s, called every 4 s, with the pauses an installation begins with (%i attempts a call)', (attempts) => {
  const calls = flap(attempts);

  it('is asked at most once in 10 s from the moment it is known to be down', () => {
    const probes = calls.filter(({ at, asked, probe }) => at < 60_000 && asked > 0 && probe).map(({ at }) => at);
    const asked = calls.filter(({ at, asked: times }) => at < 60_000 && times > 0);
    expect(probes.length).toBeGreaterThanOrEqual(2);
    for (const [index, at] of probes.entries()) if (index > 0) expect(at - (probes[index - 1] as number)).toBeGreaterThanOrEqual(10_000);
    // What is no probe was asked before it was known.
    expect(asked.length - probes.length).toBeLessThanOrEqual(Math.ceil(DEFAULT_BREAKER.failures / attempts));
    for (const { asked: times, probe } of asked) if (probe) expect(times).toBe(1);
  });

  it('is back within 30 s of its recovery, and stays', () => {
    const back = calls.find(({ answered }) => answered);
    expect(back?.at).toBeLessThanOrEqual(90_000);
    for (const { at, answered } of calls) if (at >= (back?.at ?? 0)) expect(answered).toBe(true);
  });
});

it('D15 of many calls at the moment of a probe one is let through', () => {
  const clock = new TestClock();
  const health = new Health(clock, () => 1);
  for (let call = 0; call < DEFAULT_BREAKER.failures; call++) health.enter(primary, credential, false)?.failed(fault);
  expect(health.enter(primary, credential, false)).toBeNull();
  clock.ms = DEFAULT_BREAKER.coolDownMs;
  const admissions = Array.from({ length: 50 }, () => health.enter(primary, credential, false)).filter((admission) => admission !== null);
  expect(admissions.map(({ probe }) => probe)).toEqual([true]);
  admissions[0]?.succeeded();
  expect(health.enter(primary, credential, false)?.probe).toBe(false);
});
