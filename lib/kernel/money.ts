/**
 * Money is a whole number of nano-USD (1 USD = 1_000_000_000). It never becomes a float: parse from and
 * format to decimal strings at the edges, and divide once, rounding up, in `lib/catalog/price.ts`.
 */
export type Money = bigint & { readonly __money: unique symbol };

const NANO_DIGITS = 9;
const NANO_PER_USD = 10n ** BigInt(NANO_DIGITS);

/** Largest amount a Postgres BIGINT column holds. */
export const MAX_MONEY = 9_223_372_036_854_775_807n as Money;

/** Marks a bigint that is already in nano-USD. */
export function nano(amount: bigint): Money {
  return amount as Money;
}

export const ZERO = nano(0n);

/**
 * Reads a decimal string such as "5", "0.000180" or "-1.25" as dollars.
 * Throws RangeError on anything else, on more than nine decimals, and on amounts beyond BIGINT.
 */
export function parseUsd(text: string): Money {
  const match = /^(-?)(\d{1,10})(?:\.(\d{1,9}))?$/.exec(text.trim());
  if (!match) throw new RangeError(`not a dollar amount with at most nine decimals: ${JSON.stringify(text.slice(0, 40))}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const amount = BigInt(whole) * NANO_PER_USD + BigInt(fraction.padEnd(NANO_DIGITS, '0'));
  if (amount > MAX_MONEY) throw new RangeError('amount is too large');
  return nano(sign === '-' ? -amount : amount);
}

/** Writes nano-USD as a decimal string with at least `minDecimals` (6 by default) and at most nine decimals. */
export function formatUsd(amount: bigint, minDecimals = 6): string {
  const negative = amount < 0n;
  const digits = (negative ? -amount : amount).toString().padStart(NANO_DIGITS + 1, '0');
  const whole = digits.slice(0, -NANO_DIGITS);
  const fraction = digits.slice(-NANO_DIGITS).replace(/0+$/, '').padEnd(minDecimals, '0');
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

export function addMoney(...amounts: bigint[]): Money {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return nano(total);
}

export function minMoney(a: bigint, b: bigint): Money {
  return nano(a < b ? a : b);
}
