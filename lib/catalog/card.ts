import { type Money, nano } from '@/lib/kernel/money';
import { parseDecimal } from './decimal';
import { compileWindow, type PriceWindow, type PriceWindowRow } from './window';

/** Nano-USD per million tokens; `request` is nano-USD per call. Null: no price of its own. */
export interface Rates {
  input: Money;
  cachedInput: Money;
  cacheWrite: Money;
  cacheWrite1h: Money;
  output: Money;
  /** Set only where reasoning has a price of its own; otherwise it is output. */
  reasoning: Money | null;
  request: Money;
  /** Tokens of audio; otherwise they are billed as text. */
  audioInput: Money | null;
  audioOutput: Money | null;
  /** Per image made. */
  image: Money | null;
  /** Per second of audio heard. */
  second: Money | null;
  /** Per million characters spoken. */
  character: Money | null;
}

/** Prices of calls up to these sizes, inside these hours. */
export interface Tier {
  maxInput: number | null;
  maxOutput: number | null;
  windows: readonly PriceWindow[] | null;
  rates: Rates;
}

/** A price card ready to be multiplied: whole numbers of nano-USD, whatever its currency. */
export interface CompiledCard {
  id: string;
  currency: string;
  /** Rates when no tier fits. */
  rates: Rates;
  /** In order; the first that fits prices the whole call. */
  tiers: readonly Tier[];
  /** The rates a list shows: those of the first tier without hours. */
  inputRate: Money;
  outputRate: Money;
  /** Whether an hour-long cache write has a price of its own. */
  pricesCacheWrite1h: boolean;
}

/** Decimal strings in the card's currency per million tokens or characters; `request`, `image` and `second` are for one. */
export interface RatesRow {
  input: string;
  cachedInput?: string;
  cacheWrite?: string;
  cacheWrite1h?: string;
  output?: string;
  reasoning?: string;
  request?: string;
  audioInput?: string;
  audioOutput?: string;
  image?: string;
  second?: string;
  character?: string;
}

export interface TierRow {
  maxInput?: number;
  maxOutput?: number;
  windows?: PriceWindowRow[];
  rates: RatesRow;
}

/** A row of `price_card`, as Prisma or as plain SQL names its columns. */
export interface CardRow {
  id: string;
  currency: string;
  rates: unknown;
  tiers?: unknown;
  fxRate?: string | null;
  fx_rate?: string | null;
}

/** Throws RangeError when a rate is not a decimal, or the currency is not USD and no exchange rate is given. */
export function compileCard(row: CardRow): CompiledCard {
  const fx = row.fxRate ?? row.fx_rate ?? null;
  if (row.currency !== 'USD' && fx === null) throw new RangeError(`price card ${row.id} is in ${row.currency} and carries no exchange rate`);
  const dollars = parseDecimal(row.currency === 'USD' ? '1' : (fx ?? '1'));
  const toMoney = (text: string): Money => inNano(parseDecimal(text), dollars);
  const rates = compileRates(row.rates as RatesRow, toMoney);
  const tiers = ((row.tiers ?? []) as TierRow[]).map((tier) => ({
    maxInput: tier.maxInput ?? null,
    maxOutput: tier.maxOutput ?? null,
    windows: tier.windows?.map(compileWindow) ?? null,
    rates: compileRates(tier.rates, toMoney),
  }));
  const shown = tiers.find((tier) => tier.windows === null)?.rates ?? rates;
  const all = [row.rates as RatesRow, ...((row.tiers ?? []) as TierRow[]).map((tier) => tier.rates)];
  return {
    id: row.id,
    currency: row.currency,
    rates,
    tiers,
    inputRate: shown.input,
    outputRate: shown.output,
    pricesCacheWrite1h: all.every((one) => one.cacheWrite1h !== undefined),
  };
}

/** The same card with every rate multiplied by parts per million (1,000,000 = unchanged), rounded up. */
export function scaleCard(card: CompiledCard, ppm: bigint): CompiledCard {
  const scale = (rate: Money): Money => nano(divideUp(rate * ppm, 1_000_000n));
  const scaleOwn = (rate: Money | null): Money | null => (rate === null ? null : scale(rate));
  const scaleRates = (rates: Rates): Rates => ({
    input: scale(rates.input),
    cachedInput: scale(rates.cachedInput),
    cacheWrite: scale(rates.cacheWrite),
    cacheWrite1h: scale(rates.cacheWrite1h),
    output: scale(rates.output),
    request: scale(rates.request),
    reasoning: scaleOwn(rates.reasoning),
    audioInput: scaleOwn(rates.audioInput),
    audioOutput: scaleOwn(rates.audioOutput),
    image: scaleOwn(rates.image),
    second: scaleOwn(rates.second),
    character: scaleOwn(rates.character),
  });
  return {
    ...card,
    rates: scaleRates(card.rates),
    tiers: card.tiers.map((tier) => ({ ...tier, rates: scaleRates(tier.rates) })),
    inputRate: scale(card.inputRate),
    outputRate: scale(card.outputRate),
  };
}

/** Rounds a quotient of non-negative numbers up. */
export function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}

/** A missing rate is what the provider would bill instead: cache reads and writes as input, long writes as short ones. */
function compileRates(row: RatesRow, toMoney: (text: string) => Money): Rates {
  const input = toMoney(row.input);
  const cacheWrite = row.cacheWrite === undefined ? input : toMoney(row.cacheWrite);
  const own = (text: string | undefined): Money | null => (text === undefined ? null : toMoney(text));
  return {
    input,
    cachedInput: row.cachedInput === undefined ? input : toMoney(row.cachedInput),
    cacheWrite,
    cacheWrite1h: row.cacheWrite1h === undefined ? cacheWrite : toMoney(row.cacheWrite1h),
    output: toMoney(row.output ?? '0'),
    request: toMoney(row.request ?? '0'),
    reasoning: own(row.reasoning),
    audioInput: own(row.audioInput),
    audioOutput: own(row.audioOutput),
    image: own(row.image),
    second: own(row.second),
    character: own(row.character),
  };
}

/** Converted once, here, and rounded up to a whole nano-dollar per million tokens. */
function inNano(rate: { digits: bigint; scale: number }, fx: { digits: bigint; scale: number }): Money {
  const scale = rate.scale + fx.scale;
  const product = rate.digits * fx.digits;
  return nano(scale <= 9 ? product * 10n ** BigInt(9 - scale) : divideUp(product, 10n ** BigInt(scale - 9)));
}
