import { calcPrice } from '@pydantic/genai-prices';
import type { RatesRow, TierRow } from './card';
import type { CatalogueModel } from './catalogue';

/** The ids of @pydantic/genai-prices for our adapters. The Chinese providers are missing: it has one currency and no regions. */
const PROVIDERS: Readonly<Record<string, string>> = {
  openai: 'openai',
  'azure-openai': 'azure',
  anthropic: 'anthropic',
  gemini: 'google',
  vertex: 'google',
  bedrock: 'aws',
  mistral: 'mistral',
  xai: 'x-ai',
  groq: 'groq',
  together: 'together',
  fireworks: 'fireworks',
  openrouter: 'openrouter',
  cohere: 'cohere',
};

/** The version in package.json, and when it was published. */
const SOURCE = 'published list prices as collected in @pydantic/genai-prices 0.1.8';
const PUBLISHED = '2026-09-23';

const RATES = {
  input: 'input_mtok',
  output: 'output_mtok',
  cachedInput: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
  cacheWrite1h: 'cache_write_1h_mtok',
  audioInput: 'input_audio_mtok',
  audioOutput: 'output_audio_mtok',
} as const satisfies Partial<Record<keyof RatesRow, string>>;

/** A price that depends on how long the prompt is: `price` holds for prompts longer than `start`. */
interface Stepped {
  base: number;
  tiers: { start: number; price: number }[];
}

/**
 * A model that our own catalogue does not list, as @pydantic/genai-prices knows it: its rates become one of our cards, so
 * that every cost is computed by `price()` in whole nano-dollars and never by its floats. Null where it knows nothing, or
 * where a rate is not one that a card can hold.
 */
export function publishedModel(adapter: string, upstreamModel: string): CatalogueModel | null {
  const providerId = PROVIDERS[adapter];
  if (!providerId) return null;
  const found = lookUp(providerId, upstreamModel);
  if (!found) return null;
  const prices = found.model_price as Record<string, number | Stepped | undefined>;
  const steps = [...new Set(Object.values(prices).flatMap((rate) => (isStepped(rate) ? rate.tiers.map(({ start }) => start) : [])))].sort((a, b) => a - b);
  const rates = ratesAt(prices, Number.POSITIVE_INFINITY);
  const tiers: (TierRow | null)[] = steps.map((start) => {
    const below = ratesAt(prices, start);
    return below && { maxInput: start, rates: below };
  });
  if (!rates || tiers.includes(null)) return null;
  return {
    id: upstreamModel,
    adapter,
    displayName: found.model.name ?? upstreamModel,
    kind: rates.output === undefined ? 'embedding' : 'chat',
    contextWindow: found.model.context_window ?? null,
    maxOutputTokens: null,
    capabilities: [],
    cards: [
      {
        currency: 'USD',
        effectiveFrom: `${PUBLISHED}T00:00:00Z`,
        rates,
        ...(tiers.length > 0 && { tiers: tiers as TierRow[] }),
        source: SOURCE,
        checkedAt: PUBLISHED,
      },
    ],
  };
}

function lookUp(providerId: string, model: string): ReturnType<typeof calcPrice> {
  try {
    return calcPrice({ input_tokens: 1, output_tokens: 1 }, model, { providerId });
  } catch {
    // It throws for models that are not priced by the token.
    return null;
  }
}

/** The rates of a prompt of `input` tokens, or null when one cannot be told exactly or there is no input price. */
function ratesAt(prices: Record<string, number | Stepped | undefined>, input: number): RatesRow | null {
  const rates: Partial<Record<keyof RatesRow, string>> = {};
  for (const [ours, theirs] of Object.entries(RATES) as [keyof RatesRow, string][]) {
    const rate = prices[theirs];
    if (rate === undefined) continue;
    const amount = decimal(isStepped(rate) ? stepAt(rate, input) : rate);
    if (amount === null) return null;
    rates[ours] = amount;
  }
  return rates.input === undefined ? null : (rates as RatesRow);
}

function stepAt({ base, tiers }: Stepped, input: number): number {
  return [...tiers].sort((a, b) => b.start - a.start).find(({ start }) => input > start)?.price ?? base;
}

function isStepped(rate: unknown): rate is Stepped {
  return typeof rate === 'object' && rate !== null && 'base' in rate;
}

/** The shortest decimal that is this float; null for what is no price. */
function decimal(amount: number): string | null {
  return Number.isFinite(amount) && amount >= 0 && !String(amount).includes('e') ? String(amount) : null;
}
