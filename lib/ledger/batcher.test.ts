import { describe, expect, it } from 'vitest';
import { Batcher, Refused } from './batcher';

const options = { maxBatch: 100, monotonic: () => performance.now(), onError: () => undefined };

describe('a batcher', () => {
  it('answers every item with its own answer, one batch at a time, however they arrive', async () => {
    let running = 0;
    const sizes: number[] = [];
    const batcher = new Batcher<number, number>({
      ...options,
      onFailure: 'reject',
      async flush(items) {
        expect(++running).toBe(1);
        sizes.push(items.length);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
        running -= 1;
        return items.map((item) => item * 2);
      },
    });
    const arrive = async (item: number) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      expect(await batcher.add(item)).toBe(item * 2);
    };
    await Promise.all(Array.from({ length: 2_000 }, (_, item) => arrive(item)));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2_000);
    expect(Math.max(...sizes)).toBeGreaterThan(1);
    expect(batcher.backlog()).toMatchObject({ size: 0, failing: false });
  });

  it('keeps a batch that fails and tries it again until it is stored', async () => {
    let failures = 3;
    const batcher = new Batcher<string, string>({
      ...options,
      onFailure: 'retry',
      async flush(items) {
        if (failures-- > 0) throw new Error('away');
        return items;
      },
    });
    expect(await batcher.add('kept')).toBe('kept');
  });

  it('rejects the one item that is refused and stores the rest', async () => {
    const batcher = new Batcher<number, number>({ ...options, onFailure: 'retry', flush: async (items) => items.map((item) => (item === 2 ? new Refused(new Error('bad row')) : item)) });
    const results = await Promise.allSettled([batcher.add(1), batcher.add(2), batcher.add(3)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('says when nothing waits any more', async () => {
    const batcher = new Batcher<number, number>({ ...options, onFailure: 'reject', flush: async (items) => items });
    const pending = [batcher.add(1), batcher.add(2)];
    await batcher.drained();
    await Promise.all(pending);
    await batcher.drained();
  });
});
