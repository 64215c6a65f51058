import { findModelByName } from './find-model';
import { multiplyDecimals, shiftDecimal } from '../decimal';
import type { Deployment } from '../draft';
import type { Section } from '../source';

/** A model ratio of 1 is 0.002 dollars for a thousand tokens there. */
const USD_PER_MILLION = '2';

export interface Ratios {
  pricesOf(name: string): Pick<Deployment, 'prices'>;
  /** What a group pays of a model's price; 1 where nothing is said. */
  groups: ReadonlyMap<string, string>;
}

/**
 * The pricing options of new-api and one-api: tables of JSON text, as their options table and their API hold them. Input is
 * ratio × 2 dollars per million tokens, output that times the completion ratio, a fixed price is per call.
 */
export function readRatios(options: Section): Ratios {
  const [model, completion, cache, createCache, audio, audioCompletion, fixed, groups] = [
    'ModelRatio',
    'CompletionRatio',
    'CacheRatio',
    'CreateCacheRatio',
    'AudioRatio',
    'AudioCompletionRatio',
    'ModelPrice',
    'GroupRatio',
  ].map((name) => readTable(options, name));
  return {
    groups: groups ?? new Map(),
    pricesOf(name) {
      const perCall = fixed?.get(name);
      if (perCall !== undefined) return { prices: { currency: 'USD', input: '0', output: '0', request: perCall } };
      const ratio = model?.get(name);
      if (ratio === undefined) return {};
      const input = multiplyDecimals(ratio, USD_PER_MILLION) ?? '0';
      const times = (factor: string | undefined): string | undefined => (factor === undefined ? undefined : (multiplyDecimals(input, factor) ?? undefined));
      const output = times(completion?.get(name));
      // Its own table of completion ratios is built in and not exported; our catalogue knows the same prices.
      if (output === undefined && findModelByName(name)) return {};
      const audioInput = times(audio?.get(name));
      const rates = {
        cachedInput: times(cache?.get(name)),
        cacheWrite: times(createCache?.get(name)),
        audioInput,
        audioOutput: audioInput && (multiplyDecimals(audioInput, audioCompletion?.get(name) ?? '1') ?? undefined),
      };
      return {
        prices: { currency: 'USD', input, output: output ?? input, ...Object.fromEntries(Object.entries(rates).filter(([, rate]) => rate !== undefined)) },
      };
    },
  };
}

/** A table of decimals, from JSON text or from a mapping. */
function readTable(options: Section, name: string): Map<string, string> {
  const text = options.text(name);
  let table: unknown = options.take(name);
  if (text !== undefined) {
    try {
      table = JSON.parse(text);
    } catch {
      options.leave(name, 'it is not JSON');
    }
  }
  if (typeof table !== 'object' || table === null) return new Map();
  return new Map(
    Object.entries(table).flatMap(([key, value]): [string, string][] => {
      const amount = typeof value === 'number' || typeof value === 'string' ? shiftDecimal(String(value), 0) : null;
      return amount === null ? [] : [[key, amount]];
    }),
  );
}
