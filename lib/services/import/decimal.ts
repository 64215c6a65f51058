/**
 * A decimal number, also in scientific notation, times a power of ten, without going through a float: per-token prices
 * such as 2.5e-07 become amounts per million. Null for what is no number or is negative.
 */
export function shiftDecimal(text: string, places: number): string | null {
  const match = /^\+?(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim());
  const [, whole = '', fraction = '', exponent = '0'] = match ?? [];
  if (!match || whole + fraction === '') return null;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent) + places;
  const left = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  const right = point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits;
  // Amounts here have nine decimals at most; a price is never rounded down to nothing.
  const kept = roundUp(left, right.slice(0, 9).padEnd(9, '0'), /[1-9]/.test(right.slice(9)));
  return kept.replace(/\.?0+$/, '') || '0';
}

/** A product of two decimals, exact. */
export function multiplyDecimals(a: string, b: string): string | null {
  const [left, right] = [scaled(a), scaled(b)];
  return left && right ? shiftDecimal(String(left.digits * right.digits), -(left.scale + right.scale)) : null;
}

function scaled(text: string): { digits: bigint; scale: number } | null {
  const plain = shiftDecimal(text, 0);
  if (plain === null) return null;
  const [whole = '0', fraction = ''] = plain.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

function roundUp(whole: string, fraction: string, isInexact: boolean): string {
  const value = BigInt(whole + fraction) + (isInexact ? 1n : 0n);
  const digits = value.toString().padStart(fraction.length + 1, '0');
  return `${digits.slice(0, -fraction.length)}.${digits.slice(-fraction.length)}`;
}
