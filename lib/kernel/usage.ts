/**
 * Tokens of one call in canonical form, whatever the provider calls them. `input` is the whole prompt and
 * includes `cacheRead` and `cacheWrite`; `output` is everything generated and includes `reasoning`.
 * `cacheWrite` includes `cacheWrite1h`. `reasoning: null` means the provider did not say; 0 means it said none.
 */
export interface Usage {
  input: number;
  cacheRead: number;
  cacheWrite: number;
  cacheWrite1h: number;
  output: number;
  reasoning: number | null;
  /** What is counted beside tokens of text; absent where the call had nothing of the kind. */
  units?: UsageUnits;
}

/** Units with prices of their own. Audio tokens are part of `input` and `output`; the others are counted beside them. */
export interface UsageUnits {
  audioInput?: number;
  audioOutput?: number;
  /** Images made. */
  images?: number;
  /** Seconds of audio heard, whole, rounded up. */
  seconds?: number;
  /** Characters spoken. */
  characters?: number;
}

/** Who counted: the provider, or we from the delivered text because the provider never said. */
export type UsageSource = 'reported' | 'estimated';

export const NO_USAGE: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output: 0, reasoning: null };
