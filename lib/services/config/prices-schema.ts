import { z } from 'zod';
import { parseUsd } from '@/lib/kernel/money';

/** What the schemas of a configuration file share: bounded numbers, amounts and prices. */

export const whole = (min: number, max: number) => z.int(`must be a whole number from ${min} to ${max}`).min(min, `must be at least ${min}`).max(max, `must be at most ${max}`);

/** Decimal strings, or plain YAML numbers, in dollars (or another currency's unit); never a float inside. */
export const amount = z
  .union([z.string(), z.number()], { error: 'must be a decimal amount such as "2.00"' })
  .transform(String)
  .refine(isAmount, { error: 'must be a decimal amount such as "2.00": not negative, at most nine decimals' });
function isAmount(text: string): boolean {
  try {
    return parseUsd(text) >= 0n;
  } catch {
    return false;
  }
}

const rates = {
  input: amount,
  cachedInput: amount.optional(),
  cacheWrite: amount.optional(),
  cacheWrite1h: amount.optional(),
  /** Required of chat models; embeddings and reranking generate nothing. */
  output: amount.optional(),
  reasoning: amount.optional(),
  request: amount.optional(),
  audioInput: amount.optional(),
  audioOutput: amount.optional(),
  /** For one image made, one second of audio heard, a million characters spoken. */
  image: amount.optional(),
  second: amount.optional(),
  character: amount.optional(),
};

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day such as "09:00"');
const WindowSchema = z.strictObject({
  days: z.array(whole(1, 7)).min(1).max(7).optional(),
  from: timeOfDay,
  to: timeOfDay,
  utcOffsetMinutes: whole(-840, 840).optional(),
});

const TierSchema = z.strictObject({
  maxInput: whole(1, 2_000_000_000).optional(),
  maxOutput: whole(1, 2_000_000_000).optional(),
  windows: z.array(WindowSchema).min(1).max(20).optional(),
  ...rates,
});

const priceList = {
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency code such as USD or CNY').default('USD'),
  fxRate: amount.optional(),
  region: z.string().min(1).max(60).optional(),
  ...rates,
  tiers: z.array(TierSchema).max(20).optional(),
};

/** A price that takes over later. Once its hour has come it is the price, also when the file is applied again. */
export const ScheduledPricesSchema = z
  .strictObject({ from: z.iso.datetime({ offset: true, error: 'must be a time such as "2027-01-01T00:00:00Z"' }).transform((text) => new Date(text).toISOString()), ...priceList })
  .refine((prices) => (prices.currency === 'USD') === (prices.fxRate === undefined), { error: 'prices in another currency than USD need fxRate, those in USD take none', path: ['fxRate'] });

export const PricesSchema = z
  .strictObject(priceList)
  .refine((prices) => prices.currency === 'USD' || prices.fxRate !== undefined, {
    error: 'prices in another currency than USD need fxRate: dollars for one unit, such as "0.14"',
    path: ['fxRate'],
  })
  .refine((prices) => prices.currency !== 'USD' || prices.fxRate === undefined, { error: 'prices in USD take no fxRate', path: ['fxRate'] });
