import { formatUsd, type Money, nano } from '@/lib/kernel/money';

/** Stripe counts cents and its meter micro-dollars, we count nano-USD. This is the only file that goes from one to the other. */
const NANO_PER_CENT = 10_000_000n;
const NANO_PER_MICRO = 1_000n;

/** Price of one unit of the meter, in cents: one micro-dollar of what the usage already costs. */
export const METER_UNIT_CENTS = '0.0001';

/** The one currency that is sold in. */
export const CURRENCY = 'usd';

/** Cents of an amount that is a whole number of cents; anything finer is refused, never rounded. */
export function centsFromMoney(amount: bigint): number {
  const cents = amount / NANO_PER_CENT;
  if (amount % NANO_PER_CENT !== 0n) throw new RangeError(`$${formatUsd(amount)} is not a whole number of cents`);
  if (cents > BigInt(Number.MAX_SAFE_INTEGER) || cents < 0n) throw new RangeError(`$${formatUsd(amount)} cannot be charged`);
  return Number(cents);
}

export function moneyFromCents(cents: number): Money {
  if (!Number.isSafeInteger(cents)) throw new RangeError(`${cents} is not a whole number of cents`);
  return nano(BigInt(cents) * NANO_PER_CENT);
}

/** Cents as people read them: "20.00". */
export function centsAsUsd(cents: number): string {
  return formatUsd(moneyFromCents(cents), 2);
}

/** Whole micro-dollars of an amount together with what was left before, and what is left now (0 to 999 nano). Nothing is dropped. */
export function microFromNano(amount: bigint, remainder: bigint): { micro: bigint; remainder: bigint } {
  const total = amount + remainder;
  if (total < 0n) throw new RangeError('usage cannot be negative');
  return { micro: total / NANO_PER_MICRO, remainder: total % NANO_PER_MICRO };
}

/** True for a difference of micro-dollars that the carried remainder explains: less than one unit waits for more. */
export function isCarried(micro: bigint): boolean {
  return micro >= -1n && micro <= 1n;
}

/** Dollars of a meter's units. */
export function moneyFromMicro(micro: bigint): Money {
  return nano(micro * NANO_PER_MICRO);
}

/** A share of credit that belongs to a part of a payment: what a partial refund takes back. In whole cents, rounded down. */
export function shareOfCredit(credit: bigint, partCents: number, wholeCents: number): Money {
  if (partCents >= wholeCents) return nano(credit);
  return nano(((credit / NANO_PER_CENT) * BigInt(partCents)) / BigInt(wholeCents) * NANO_PER_CENT);
}
