import { describe, expect, it, vi } from 'vitest';
import { StreamBudget } from './stream-budget';

const TOKEN = 'abcd';

function takeMany(budget: StreamBudget, pieces: number): string {
  const verdicts = Array.from({ length: pieces }, () => budget.take(TOKEN, ''));
  return verdicts.find((verdict) => verdict !== 'go') ?? 'go';
}

describe('the budget of a stream', () => {
  it('asks for as much again at three quarters of its hold, once', () => {
    const extend = vi.fn(() => true);
    const budget = new StreamBudget(100, 1_000, extend);
    expect(takeMany(budget, 74)).toBe('go');
    expect(extend).not.toHaveBeenCalled();
    expect(takeMany(budget, 10)).toBe('go');
    expect(extend.mock.calls).toEqual([[100, 200]]);
  });

  it('lets what is held be used up after a refusal, and ends there', () => {
    const budget = new StreamBudget(100, 1_000, () => false);
    expect(takeMany(budget, 100)).toBe('go');
    expect(budget.take(TOKEN, '')).toBe('cut');
  });

  it('waits for an answer that is not there when the hold is used up', async () => {
    let answer: (granted: boolean) => void = () => undefined;
    const budget = new StreamBudget(100, 1_000, () => new Promise((resolve) => (answer = resolve)));
    expect(takeMany(budget, 100)).toBe('go');
    expect(budget.take(TOKEN, '')).toBe('wait');
    const answered = new Promise<void>((resolve) => budget.whenAnswered(resolve));
    answer(true);
    await answered;
    expect(budget.take(TOKEN, '')).toBe('go');
  });

  it('stops asking when the hold covers all that the model may say', () => {
    const extend = vi.fn(() => true);
    const budget = new StreamBudget(100, 150, extend);
    expect(takeMany(budget, 400)).toBe('go');
    expect(extend.mock.calls).toEqual([[100, 150]]);
  });

  it('counts thoughts, and every piece for a token at least', () => {
    const budget = new StreamBudget(10, 10, () => false);
    expect(budget.take('', 'abcdabcd')).toBe('go');
    expect(takeMany(new StreamBudget(256, 1_000, () => false), 256)).toBe('go');
    const pieces = new StreamBudget(4, 1_000, () => false);
    expect(['', '', '', ''].map((text) => pieces.take(text, ''))).toEqual(['go', 'go', 'go', 'go']);
    expect(pieces.take('', '')).toBe('cut');
  });
});
