/** Reads a non-negative decimal exactly: "0.0225" is 225 at scale 4. Throws RangeError on anything else. */
export function parseDecimal(text: unknown): { digits: bigint; scale: number } {
  const match = typeof text === 'string' ? /^(\d{1,12})(?:\.(\d{1,18}))?$/.exec(text.trim()) : null;
  if (!match) throw new RangeError(`not a price: ${JSON.stringify(text)?.slice(0, 40)}`);
  const fraction = match[2] ?? '';
  return { digits: BigInt(match[1] + fraction), scale: fraction.length };
}
