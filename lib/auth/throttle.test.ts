import { describe, expect, it } from 'vitest';
import { createThrottle } from './throttle';

describe('guessing', () => {
  it('is stopped after the limit and taken again when the window has moved on', () => {
    let now = 0;
    const throttle = createThrottle({ limit: 3, windowMs: 60_000, now: () => now });
    for (let i = 0; i < 3; i++) {
      expect(throttle.waitS('a')).toBe(0);
      throttle.fail('a');
      now += 1_000;
    }
    expect(throttle.waitS('a')).toBe(57);
    expect(throttle.waitS('b')).toBe(0);
    now = 60_001;
    expect(throttle.waitS('a')).toBe(0);
  });

  it('is forgiven after a success', () => {
    const throttle = createThrottle({ limit: 1, windowMs: 60_000 });
    throttle.fail('a');
    expect(throttle.waitS('a')).toBeGreaterThan(0);
    throttle.clear('a');
    expect(throttle.waitS('a')).toBe(0);
  });
});
