import type { Metadata } from '../state';

/** Stripe's rule: keys are merged, an empty value removes a key, an empty string for the whole removes all. */
export function mergeMetadata(current: Metadata, change: Metadata | '' | undefined): Metadata {
  if (change === undefined) return current;
  if (change === '') return {};
  return Object.fromEntries(Object.entries({ ...current, ...change }).filter(([, value]) => value !== ''));
}
