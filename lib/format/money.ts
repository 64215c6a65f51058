import { formatUsd, type Money, parseUsd } from '@/lib/kernel/money';

/** What amounts are shown in. They are dollars everywhere else: stored, charged, exported and in the API. */
export type DisplayCurrency =
  | { code: 'USD' }
  | {
      code: 'CNY';
      /** Yuan for a dollar, "7.12". */
      perUsd: string;
      /** The day that rate is of, "2026-11-25". */
      rateDate: string;
    };

export const IN_DOLLARS: DisplayCurrency = { code: 'USD' };

interface Shown {
  symbol: string;
  /** Billionths of the currency for one dollar. */
  perUsd: bigint;
}

const DOLLARS: Shown = { symbol: '$', perUsd: 1_000_000_000n };
let shown: Shown = DOLLARS;

/**
 * Chooses what every amount on every page is shown in. It is one choice for the whole installation, so it is kept here
 * and not handed through each table; the root of the pages makes it before anything below it is drawn.
 */
export function showMoneyIn(currency: DisplayCurrency): void {
  shown = currency.code === 'CNY' ? { symbol: '¥', perUsd: parseUsd(currency.perUsd) } : DOLLARS;
}

/** An amount of dollars in what is shown, rounded half away from zero. */
function convert(nano: bigint, { perUsd }: Shown): bigint {
  const half = nano < 0n ? -500_000_000n : 500_000_000n;
  return (nano * perUsd + half) / 1_000_000_000n;
}

/** The smallest amount a list shows as digits; anything smaller, but not nothing, reads `<$0.0001`. */
const SMALLEST_NANO = 100_000n;
/** How finely an amount of at least this much is shown: the step it is rounded to, and its decimals. */
const FINENESS = [
  { from: 1_000_000_000n, step: 10_000_000n, decimals: 2 },
  { from: 100_000_000n, step: 1_000_000n, decimals: 3 },
  { from: 0n, step: 100_000n, decimals: 4 },
] as const;

/**
 * An amount for lists and charts: two decimals from one dollar up, two to four significant digits below, `<$0.0001`
 * for less. Takes the decimal dollars of the JSON; the whole amount is `moneyExact`.
 */
export function moneyShort(usd: string): string {
  return write(usd, shown);
}

/** The same in dollars, whatever else is shown in: for what was paid or invoiced. */
export function moneyPaid(usd: string): string {
  return write(usd, DOLLARS);
}

function write(usd: string, unit: Shown): string {
  const amount = convert(parseUsd(usd), unit);
  const { symbol } = unit;
  const sign = amount < 0n ? '−' : '';
  const size = amount < 0n ? -amount : amount;
  if (size === 0n) return `${symbol}0.00`;
  if (size < SMALLEST_NANO) return `${sign}<${symbol}0.0001`;
  for (const { from, step, decimals } of FINENESS) {
    const rounded = ((size + step / 2n) / step) * step;
    if (rounded < from) continue;
    const [whole = '0', fraction = ''] = formatUsd(rounded as Money, decimals).split('.');
    return `${sign}${symbol}${group(whole)}.${fraction}`;
  }
  return `${symbol}0.00`;
}

/** Every digit that was charged: what `x-fairlead-cost-usd` said, with a dollar sign, whatever else is shown in. */
export function moneyExact(usd: string): string {
  return usd.startsWith('-') ? `−$${usd.slice(1)}` : `$${usd}`;
}

/** A rate per million tokens: at least two decimals, no trailing zeroes beyond them. */
export function moneyRate(usd: string): string {
  const converted = convert(parseUsd(usd), shown);
  // A converted rate has digits that nobody agreed on: four decimals of it are enough.
  const rate = shown === DOLLARS ? converted : ((converted + 50_000n) / 100_000n) * 100_000n;
  return `${shown.symbol}${formatUsd(rate as Money, 2)}`;
}

/** Dollars for the height of a bar only; never added up, never shown. */
export function moneyToNumber(usd: string): number {
  return Number(usd);
}

/** Axis labels for a number of dollars: as short as the largest value allows. */
export function moneyAxis(dollars: number): string {
  const value = dollars * (Number(shown.perUsd) / 1e9);
  if (value === 0) return `${shown.symbol}0`;
  const digits = value >= 10 ? 0 : value >= 1 ? 1 : Math.min(6, 1 - Math.floor(Math.log10(value)));
  return `${shown.symbol}${value.toLocaleString('en-US', { maximumFractionDigits: digits })}`;
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
