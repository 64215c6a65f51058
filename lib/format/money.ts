import { formatUsd, parseUsd } from '@/lib/kernel/money';

/** The smallest amount a list shows as digits; anything smaller, but not nothing, reads `<$0.0001`. */
const SMALLEST_NANO = 100_000n;
/** How finely an amount of at least this much is shown: the step it is rounded to, and its decimals. */
const FINENESS = [
  { from: 1_000_000_000n, step: 10_000_000n, decimals: 2 },
  { from: 100_000_000n, step: 1_000_000n, decimals: 3 },
  { from: 0n, step: 100_000n, decimals: 4 },
] as const;

/**
 * A dollar amount for lists and charts: two decimals from one dollar up, two to four significant digits below,
 * `<$0.0001` for less. Takes the decimal string of the JSON; the whole amount is `moneyExact`.
 */
export function moneyShort(usd: string): string {
  const amount = parseUsd(usd);
  const sign = amount < 0n ? '−' : '';
  const size = amount < 0n ? -amount : (amount as bigint);
  if (size === 0n) return '$0.00';
  if (size < SMALLEST_NANO) return `${sign}<$0.0001`;
  for (const { from, step, decimals } of FINENESS) {
    const rounded = ((size + step / 2n) / step) * step;
    if (rounded < from) continue;
    const [whole = '0', fraction = ''] = formatUsd(rounded, decimals).split('.');
    return `${sign}$${group(whole)}.${fraction}`;
  }
  return '$0.00';
}

/** Every digit that was charged: what `x-fairlead-cost-usd` said, with a dollar sign. */
export function moneyExact(usd: string): string {
  return usd.startsWith('-') ? `−$${usd.slice(1)}` : `$${usd}`;
}

/** A rate per million tokens: at least two decimals, no trailing zeroes beyond them. */
export function moneyRate(usd: string): string {
  return `$${formatUsd(parseUsd(usd), 2)}`;
}

/** For the height of a bar only; never added up, never shown. */
export function moneyToNumber(usd: string): number {
  return Number(usd);
}

/** Axis labels: as short as the largest value allows. */
export function moneyAxis(value: number): string {
  if (value === 0) return '$0';
  const digits = value >= 10 ? 0 : value >= 1 ? 1 : Math.min(6, 1 - Math.floor(Math.log10(value)));
  return `$${value.toLocaleString('en-US', { maximumFractionDigits: digits })}`;
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
