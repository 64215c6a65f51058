import { describe, expect, it } from 'vitest';
import { FairShare } from './fair-share';

/** A provider that takes so many calls in every ten seconds, and organizations that send theirs in the order given. */
function run(shares: FairShare, clock: { now: number }, limit: number, windows: number, calls: string[]): Record<string, number>[] {
  return Array.from({ length: windows }, () => {
    let taken = 0;
    const served: Record<string, number> = {};
    for (const org of calls) {
      clock.now += 9_000 / calls.length;
      if (!shares.mayTry('p/m', org)) continue;
      const refused = taken >= limit;
      if (!refused) {
        taken += 1;
        served[org] = (served[org] ?? 0) + 1;
      }
      shares.ended('p/m', org, refused);
    }
    clock.now += 1_000;
    return served;
  });
}

const times = (count: number, org: string) => Array.from({ length: count }, () => org);

function start() {
  const clock = { now: 0 };
  return { clock, shares: new FairShare(() => clock.now) };
}

describe('what a provider takes is shared between organizations', () => {
  it('so that one that floods it cannot starve another one: both get what they want, or half', () => {
    const { clock, shares } = start();
    // The flood always comes first.
    const history = run(shares, clock, 20, 12, [...times(200, 'flood'), ...times(5, 'small'), ...times(30, 'other')]);
    expect(history[0]).toEqual({ flood: 20 });
    const served = (org: string) => history.slice(4).reduce((sum, window) => sum + (window[org] ?? 0), 0) / 8;
    expect(served('small')).toBeGreaterThanOrEqual(4.5);
    expect(served('other')).toBeGreaterThanOrEqual(5);
    expect(served('flood')).toBeLessThanOrEqual(10);
    expect(served('flood') + served('small') + served('other'), 'and what there is gets used').toBeGreaterThanOrEqual(17);
  });

  it('while an organization that is alone is left to the provider', () => {
    const { clock, shares } = start();
    expect(run(shares, clock, 20, 3, times(50, 'only'))).toEqual([{ only: 20 }, { only: 20 }, { only: 20 }]);
  });

  it('only from the first refusal on, and no longer than a minute after the last', () => {
    const { clock, shares } = start();
    for (let i = 0; i < 1_000; i++) {
      expect(shares.mayTry('p/m', 'a')).toBe(true);
      shares.ended('p/m', 'a', false);
    }
    run(shares, clock, 10, 3, [...times(50, 'a'), ...times(50, 'b')]);
    clock.now += 60_000;
    for (let i = 0; i < 100; i++) expect(shares.mayTry('p/m', 'a')).toBe(true);
  });

  it('not after a refusal or two: that is a moment, not a bottleneck', () => {
    const { clock, shares } = start();
    for (const refused of [true, true, false]) {
      shares.mayTry('p/m', 'a');
      shares.ended('p/m', 'a', refused);
    }
    clock.now += 10_000;
    for (let i = 0; i < 50; i++) expect([shares.mayTry('p/m', 'a'), shares.mayTry('p/m', 'b')]).toEqual([true, true]);
  });

  it('apart for each target', () => {
    const { clock, shares } = start();
    run(shares, clock, 1, 3, [...times(20, 'a'), ...times(20, 'b')]);
    expect(shares.mayTry('p/other', 'a')).toBe(true);
  });
});
