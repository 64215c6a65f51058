/** Draws that are the same for the same seed, so that a sample can be loaded twice and compared. */
export interface Draw {
  /** From 0 up to 1, without it. */
  unit(): number;
  /** A whole number below `limit`. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** One of `from`, as often as its weight says. */
  weighted<T>(from: readonly T[], weightOf: (item: T) => number): T;
  /** Spread around `median` as sizes and durations are: never negative, now and then large. */
  around(median: number, spread: number): number;
}

export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (limit: number) => Math.floor(unit() * limit);
  return {
    unit,
    below,
    chance: (probability) => unit() < probability,
    pick: (from) => from[below(from.length)] as (typeof from)[number],
    weighted(from, weightOf) {
      let ticket = unit() * from.reduce((sum, item) => sum + weightOf(item), 0);
      return from.find((item) => (ticket -= weightOf(item)) < 0) ?? (from[from.length - 1] as (typeof from)[number]);
    },
    around(median, spread) {
      const normal = Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
      return median * Math.exp(normal * spread);
    },
  };
}
