import { formatUsd, type Money, nano } from '@/lib/kernel/money';

/** Stripe counts cents, we count nano-USD. This is the only file that goes from one to the other. */
const NANO_PER_CENT = 10_000_000n;

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
