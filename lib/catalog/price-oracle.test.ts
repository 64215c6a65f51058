import { expect, it } from 'vitest';
import { compileCard } from './card';
import { ceiling, price } from './price';

const USAGES = Number(process.env.PRICE_USAGES ?? 50_000);

/** Decimal dollars as a fraction over 10^12: no code of the product. */
const exact = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(12, '0'));
};

// PRICE_USAGES=1000000 for the long form.
it(`prices ${USAGES} random usages like an oracle of big rationals, and never above the ceiling of the hold`, () => {
  let state = 20_261_125;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
  const rate = () => `${below(60)}.${String(below(1_000_000)).padStart(6, '0')}`;
  let differences = 0;
  let aboveCeiling = 0;
  for (let round = 0; round < USAGES / 100; round++) {
    const rates = { input: rate(), cachedInput: rate(), cacheWrite: rate(), cacheWrite1h: rate(), output: rate(), reasoning: rate(), request: `0.${String(below(1_000)).padStart(6, '0')}` };
    const card = compileCard({ id: 'card', currency: 'USD', fx_rate: null, rates, tiers: [] } as unknown as Parameters<typeof compileCard>[0]);
    for (let index = 0; index < 100; index++) {
      const cacheWrite1h = below(500);
      const cacheWrite = cacheWrite1h + below(5_000);
      const cacheRead = below(50_000);
      const input = cacheRead + cacheWrite + below(200_000);
      const reasoning = below(3_000);
      const output = reasoning + below(20_000);
      const { total, lines } = price({ input, cacheRead, cacheWrite, cacheWrite1h, output, reasoning }, card, 0);
      const parts = [
        [input - cacheRead - cacheWrite, rates.input], [cacheRead, rates.cachedInput], [cacheWrite - cacheWrite1h, rates.cacheWrite],
        [cacheWrite1h, rates.cacheWrite1h], [output - reasoning, rates.output], [reasoning, rates.reasoning], [1_000_000, rates.request],
      ] as const;
      // Dollars × 10^18 in units of 10^-9: the smallest whole nano-dollar that is not less.
      const numerator = parts.reduce((sum, [tokens, perMillion]) => sum + BigInt(tokens) * exact(perMillion), 0n);
      const nano = (numerator + 10n ** 9n - 1n) / 10n ** 9n;
      if (nano !== total || lines.reduce((sum, { amount }) => sum + amount, 0n) !== total) differences += 1;
      if (input >= 512 && total > ceiling(input, output, card)) aboveCeiling += 1;
    }
  }
  expect({ differences, aboveCeiling }).toEqual({ differences: 0, aboveCeiling: 0 });
});
