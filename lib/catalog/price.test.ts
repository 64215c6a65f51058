import { describe, expect, it } from 'vitest';
import type { Usage } from '@/lib/kernel/usage';
import { CATALOGUE, catalogueCard, ceiling, compileCard, findCatalogueModel, price, type RatesRow, scaleCard, type TierRow } from '.';

const NOON_UTC = Date.UTC(2026, 10, 25, 12);

/** A small deterministic generator, so that a failing case can be found again by its number. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

function decimal(random: (below: number) => number, maxWhole: number): string {
  const places = random(7);
  return `${random(maxWhole)}${places === 0 ? '' : `.${String(random(10 ** places)).padStart(places, '0')}`}`;
}

function randomUsage(random: (below: number) => number): Usage {
  const input = random(10) === 0 ? 0 : random(400_000);
  const cacheRead = random(input + 1);
  const cacheWrite = random(input - cacheRead + 1);
  const output = random(20_000);
  return { input, cacheRead, cacheWrite, cacheWrite1h: random(cacheWrite + 1), output, reasoning: random(2) === 0 ? null : random(output + 1) };
}

/** The cost as a fraction of nano-dollars, worked out from the decimal texts alone and never rounded. */
function exactCost(usage: Usage, rates: RatesRow, fx: string): { numerator: bigint; denominator: bigint } {
  const SCALE = 10n ** 18n;
  const fraction = (text: string) => {
    const [whole = '0', part = ''] = text.split('.');
    return BigInt(whole + part.padEnd(18, '0'));
  };
  const reasoning = rates.reasoning === undefined ? 0 : (usage.reasoning ?? 0);
  const cacheWrite = rates.cacheWrite ?? rates.input;
  const terms: [number, string][] = [
    [usage.input - usage.cacheRead - usage.cacheWrite, rates.input],
    [usage.cacheRead, rates.cachedInput ?? rates.input],
    [usage.cacheWrite - usage.cacheWrite1h, cacheWrite],
    [usage.cacheWrite1h, rates.cacheWrite1h ?? cacheWrite],
    [usage.output - reasoning, rates.output ?? '0'],
    [reasoning, rates.reasoning ?? '0'],
    [1_000_000, rates.request ?? '0'],
  ];
  const sum = terms.reduce((total, [tokens, rate]) => total + BigInt(tokens) * fraction(rate), 0n);
  return { numerator: sum * fraction(fx) * 1_000_000_000n, denominator: SCALE * SCALE * 1_000_000n };
}

const USAGE: Usage = { input: 10, cacheRead: 6, cacheWrite: 0, cacheWrite1h: 0, output: 20, reasoning: 15 };
const STD: RatesRow = { input: '2.00', cachedInput: '0.50', cacheWrite: '2.50', output: '8.00' };
const std = compileCard({ id: 'card_std', currency: 'USD', rates: STD });

describe('price', () => {
  it('agrees with exact fractions on 10,000 random calls, rounded up once', () => {
    const random = generator(20261125);
    for (let i = 0; i < 10_000; i++) {
      const rates: RatesRow = { input: decimal(random, 30), output: decimal(random, 100) };
      if (random(2)) rates.cachedInput = decimal(random, 10);
      if (random(2)) rates.cacheWrite = decimal(random, 40);
      if (random(3) === 0) rates.cacheWrite1h = decimal(random, 60);
      if (random(3) === 0) rates.reasoning = decimal(random, 100);
      if (random(4) === 0) rates.request = decimal(random, 1);
      const usage = randomUsage(random);
      const { total, lines } = price(usage, compileCard({ id: 'card', currency: 'USD', rates }), NOON_UTC);
      const { numerator, denominator } = exactCost(usage, rates, '1');
      expect(total, `case ${i}`).toBe((numerator + denominator - 1n) / denominator);
      expect(
        lines.reduce((sum, line) => sum + line.amount, 0n),
        `lines of case ${i}`,
      ).toBe(total);
      for (const line of lines) {
        const exact = BigInt(line.tokens) * line.rate;
        expect(line.amount === exact / 1_000_000n || line.amount === exact / 1_000_000n + 1n, `a line of case ${i}`).toBe(true);
      }
    }
  });

  it('converts a yuan card at its own rate and is never below the exact cost', () => {
    const random = generator(7);
    for (let i = 0; i < 1_000; i++) {
      const rates: RatesRow = { input: decimal(random, 30), output: decimal(random, 100) };
      const usage = { ...randomUsage(random), cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0 };
      const { total } = price(usage, compileCard({ id: 'card', currency: 'CNY', rates, fxRate: '0.137931' }), NOON_UTC);
      const { numerator, denominator } = exactCost(usage, rates, '0.137931');
      const exact = (numerator + denominator - 1n) / denominator;
      // A rate is a whole number of nano-dollars per million tokens: under one nano-dollar a million tokens and line.
      expect(total >= exact && total <= exact + 2n, `case ${i}: ${total} against ${exact}`).toBe(true);
    }
  });

  it('bills cached tokens at their own rate and never adds reasoning on top of output', () => {
    const { total, lines } = price(USAGE, std, NOON_UTC);
    expect(total).toBe(171_000n);
    expect(lines.map(({ item, tokens }) => [item, tokens])).toEqual([
      ['input', 4],
      ['cached_input', 6],
      ['output', 20],
    ]);
  });

  it('bills cache writes apart from fresh input', () => {
    expect(price({ input: 12_307, cacheRead: 0, cacheWrite: 12_304, cacheWrite1h: 0, output: 550, reasoning: null }, std, NOON_UTC).total).toBe(35_166_000n);
  });

  it('adds up 100,000 tiny calls to the exact sum', () => {
    const tiny = compileCard({ id: 'card_tiny', currency: 'USD', rates: { input: '0.07', output: '0.11' } });
    const one = price({ input: 1, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output: 1, reasoning: null }, tiny, NOON_UTC).total;
    expect(one * 100_000n).toBe(18_000_000n);
  });

  it('costs nothing for zero tokens', () => {
    expect(price({ input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output: 0, reasoning: 0 }, std, NOON_UTC)).toEqual({ total: 0n, lines: [] });
  });

  it('prices the whole call by the first tier that its input and output fit', () => {
    const card = compileCard({
      id: 'card',
      currency: 'USD',
      rates: { input: '4', output: '16' },
      tiers: [
        { maxInput: 32_000, maxOutput: 200, rates: { input: '2', output: '8' } },
        { maxInput: 32_000, rates: { input: '3', output: '14' } },
      ] satisfies TierRow[],
    });
    const at = (input: number, output: number) =>
      price({ input, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output, reasoning: null }, card, NOON_UTC).lines[0]?.rate;
    expect(at(32_000, 200)).toBe(2_000_000_000n);
    expect(at(32_000, 201)).toBe(3_000_000_000n);
    expect(at(32_001, 1)).toBe(4_000_000_000n);
  });

  it('follows the hours of a time-of-day card', () => {
    const flash = findCatalogueModel('deepseek', 'deepseek-flash');
    const listed = flash && catalogueCard(flash, null);
    if (!listed) throw new Error('the catalogue has lost deepseek-flash');
    const card = compileCard({ id: 'card', ...listed });
    const rateAt = (iso: string) => price(USAGE, card, Date.parse(iso)).lines[0]?.rate;
    expect(rateAt('2026-11-25T00:59:59Z')).toBe(150_000_000n);
    expect(rateAt('2026-11-25T01:00:00Z')).toBe(300_000_000n);
    expect(rateAt('2026-11-25T04:00:00Z')).toBe(150_000_000n);
    expect(rateAt('2026-11-25T09:59:59Z')).toBe(300_000_000n);
    expect(rateAt('2026-11-28T02:00:00Z'), 'Saturday').toBe(150_000_000n);
  });
});

describe('ceiling', () => {
  it('is never below the price of any call within its bounds, for every card we ship', () => {
    const random = generator(99);
    const cards = CATALOGUE.flatMap((model) => model.cards.map((card) => compileCard({ id: model.id, ...card })));
    for (const card of cards) {
      for (let i = 0; i < 200; i++) {
        const usage = randomUsage(random);
        const cached = usage.input < 512 ? { ...usage, cacheWrite: 0, cacheWrite1h: 0 } : usage;
        const bound = ceiling(usage.input + random(3), usage.output + random(3), card);
        const { total } = price(cached, card, NOON_UTC + random(7 * 24) * 3_600_000);
        expect(bound >= total, `${card.id}: ${JSON.stringify(usage)}`).toBe(true);
      }
    }
  });

  it('does not reach for a tier that the call is too small to fall in', () => {
    const card = compileCard({
      id: 'card',
      currency: 'USD',
      rates: { input: '4', output: '15' },
      tiers: [{ maxInput: 272_000, rates: { input: '2', output: '10' } }],
    });
    expect(ceiling(1_000, 1_000, card)).toBe(12_000_000n);
    expect(ceiling(300_000, 0, card)).toBe(1_200_000_000n);
  });

  it('equals the price of a small call to the digit', () => {
    expect(ceiling(10, 20, std)).toBe(180_000n);
    expect(ceiling(10, 1_000, std)).toBe(8_020_000n);
  });
});

describe('a card', () => {
  it('in another currency needs an exchange rate', () => {
    expect(() => compileCard({ id: 'card', currency: 'CNY', rates: STD })).toThrow(/exchange rate/);
  });

  it('with a rate that is not a decimal is refused', () => {
    for (const input of ['-1', '1e3', 'free', '', 2])
      expect(() => compileCard({ id: 'card', currency: 'USD', rates: { input, output: '1' } })).toThrow(RangeError);
  });

  it('scaled by a markup raises every rate, and unchanged by 1,000,000', () => {
    expect(price(USAGE, scaleCard(std, 1_100_000n), NOON_UTC).total).toBe(188_100n);
    expect(scaleCard(std, 1_000_000n)).toEqual(std);
  });
});

describe('the catalogue', () => {
  it('compiles every card, and names a source and a day for each', () => {
    for (const model of CATALOGUE) {
      for (const card of model.cards) {
        expect(compileCard({ id: model.id, ...card }).inputRate > 0n, model.id).toBe(true);
        expect(card.source, model.id).not.toBe('');
        expect(card.checkedAt, model.id).toMatch(/^2026-\d\d-\d\d$/);
      }
    }
  });
});

describe('units beside text', () => {
  const usage: Usage = { input: 100, cacheRead: 40, cacheWrite: 0, cacheWrite1h: 0, output: 50, reasoning: null };
  const card = compileCard({
    id: 'card',
    currency: 'USD',
    rates: { input: '2', cachedInput: '1', output: '8', audioInput: '32', audioOutput: '64', image: '0.04', second: '0.0001', character: '15' },
  });

  it('audio tokens are billed at their own rate and never as text too', () => {
    const { total, lines } = price({ ...usage, units: { audioInput: 20, audioOutput: 30 } }, card, NOON_UTC);
    expect(lines.map(({ item, tokens }) => [item, tokens])).toEqual([
      ['input', 40],
      ['audio_input', 20],
      ['cached_input', 40],
      ['output', 20],
      ['audio_output', 30],
    ]);
    expect(total).toBe(80_000n + 640_000n + 40_000n + 160_000n + 1_920_000n);
  });

  it('audio is billed as text where it has no price of its own', () => {
    const { total } = price({ ...usage, units: { audioInput: 20, audioOutput: 30 } }, std, NOON_UTC);
    expect(total).toBe(price(usage, std, NOON_UTC).total);
  });

  it('images, seconds and characters are billed by the piece', () => {
    const none: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output: 0, reasoning: null };
    expect(price({ ...none, units: { images: 3 } }, card, NOON_UTC).total).toBe(120_000_000n);
    expect(price({ ...none, units: { seconds: 61 } }, card, NOON_UTC).total).toBe(6_100_000n);
    expect(price({ ...none, units: { characters: 1_000 } }, card, NOON_UTC).total).toBe(15_000_000n);
  });

  it('and the ceiling bounds them', () => {
    const units = { images: 2, seconds: 10, characters: 500, audioInput: 60, audioOutput: 50 };
    expect(ceiling(100, 50, card, units) >= price({ ...usage, units }, card, NOON_UTC).total).toBe(true);
  });
});
