import { expect, it } from 'vitest';
import { newId } from '@/lib/kernel/ids';
import { nano } from '@/lib/kernel/money';
import type { GatewayPool } from '@/lib/store';
import type { RowEncoders } from './row-text';
import type { Settlement } from './settlement';
import { Settler } from './settler';
import { SliceBook } from './slice-book';
import type { RequestRow } from './types';

const OWNER = 'proc_1';

/** As much of Postgres as matters here: what is committed is seen at once, what is flushed survives a crash. */
class FragileDatabase {
  committed: { batch: number; rows: Map<string, string> } = { batch: 0, rows: new Map() };
  flushed = this.committed;
  readonly times = new Map<string, number>();
  crashes = 0;
  private queries = 0;

  constructor(private readonly random: () => number) {}

  readonly pool = {
    query: async ({ name, values }: { name: string; values: unknown[] }) => {
      await this.takesAWhile();
      if (++this.queries % 17 === 0) this.crash();
      if (this.random() < 0.06) throw Object.assign(new Error('Connection terminated'), { code: 'ECONNRESET' });
      const answer = name === 'ledger-flush' ? await this.flush() : this.settle(values);
      // A commit that waits for the disk is on it before anybody sees it.
      if (name === 'ledger-settle') this.flushed = this.committed;
      await this.takesAWhile();
      // Stored, and the answer was lost.
      if (this.random() < 0.06) throw Object.assign(new Error('Connection terminated'), { code: 'ECONNRESET' });
      return { rows: [answer] };
    },
  } as unknown as GatewayPool;

  private settle([, batch, after, ...values]: unknown[]) {
    if (this.committed.batch !== after) return { settled: String(this.committed.batch) };
    const rows = new Map(this.committed.rows);
    const sent = JSON.parse(`[${[values[6], values[7]].flatMap((text) => String(text).slice(1, -1) || []).join(',')}]`) as { id: string; status: string }[];
    for (const text of sent) {
      if (text.status === 'settled') this.times.set(text.id, rows.get(text.id) === 'settled' ? 2 : 1);
      rows.set(text.id, text.status);
    }
    this.committed = { batch: batch as number, rows };
    return { settled: String(batch) };
  }

  private async flush() {
    const seen = this.committed;
    const { crashes } = this;
    await this.takesAWhile();
    if (this.crashes !== crashes) throw Object.assign(new Error('Connection terminated'), { code: 'ECONNRESET' });
    if (seen.batch > this.flushed.batch) this.flushed = seen;
    return { settled: String(seen.batch) };
  }

  private crash(): void {
    this.crashes += 1;
    this.committed = this.flushed;
  }

  private takesAWhile(): Promise<void> {
    return new Promise((resolve) => (this.random() < 0.5 ? setImmediate(resolve) : setTimeout(resolve, this.random() * 2)));
  }
}

const encoders = new Proxy(
  {},
  { get: () => (row: RequestRow) => JSON.stringify({ id: row.id, status: row.status === 'running' ? 'running' : 'settled' }) },
) as RowEncoders;

function rowOf(status: RequestRow['status']): RequestRow {
  return {
    id: newId('req'),
    org_id: 'org_1',
    process_id: OWNER,
    status,
    created_at: new Date().toISOString(),
    day: '2026-11-25',
    cost_nano: '0',
    provider_cost_nano: '0',
    attempt_count: 0,
  } as RequestRow;
}

function settlementOf(row: RequestRow, opened = false): Settlement {
  return { id: row.id, org: row.org_id, owner: OWNER, row, opened, attempts: [], bodies: [], moves: [], legs: [] };
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

it.each([1, 2, 3, 4])(
  'tells a call that it is stored only once it survives a crash, and settles it once, whatever breaks meanwhile (seed %i)',
  async (seed) => {
    const next = random(seed);
    const database = new FragileDatabase(next);
    const settler = new Settler({
      pool: database.pool,
      book: new SliceBook(OWNER, () => performance.now()),
      journal: null,
      encoders,
      monotonic: () => performance.now(),
      pauseMs: 1,
      onLost: () => Promise.resolve(),
      onError: () => undefined,
    });
    let stored = 0;
    const call = async () => {
      // In bursts, so that batches with and without a flush of their own follow one another.
      await new Promise((resolve) => setTimeout(resolve, Math.floor(next() * 8) * 40 + next() * 3));
      const row = rowOf('running');
      const isOpened = next() < 0.5;
      if (isOpened) {
        const opened = settler.open(row).then(() => expect(database.flushed.rows.has(row.id)).toBe(true));
        if (next() < 0.5) await opened;
      }
      await settler.add(settlementOf({ ...row, status: 'completed' }, isOpened));
      expect(database.flushed.rows.get(row.id)).toBe('settled');
      stored += 1;
    };
    await Promise.all(Array.from({ length: 300 }, call));
    await settler.drained();
    settler.stop();
    expect(stored).toBe(300);
    expect(database.crashes).toBeGreaterThan(0);
    expect([...database.times.values()].every((times) => times === 1)).toBe(true);
  },
);

it('gives back what a slice returned once, however many batches are on their way', async () => {
  const database = new FragileDatabase(() => 0.9);
  const book = new SliceBook(OWNER, () => performance.now());
  const slice = book.add('acct', nano(100n));
  slice.free = 0n;
  slice.returning = 100n;
  const returned: string[] = [];
  const { pool } = database;
  const watched = {
    query(config: { name: string; text: string; values: unknown[] }) {
      if (config.name !== 'ledger-flush') returned.push(...(config.values[5] as string[]));
      return pool.query(config);
    },
  } as unknown as GatewayPool;
  const settler = new Settler({
    pool: watched,
    book,
    journal: null,
    encoders,
    monotonic: () => performance.now(),
    onLost: () => Promise.resolve(),
    onError: () => undefined,
  });
  const calls = Array.from({ length: 5 }, async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, index));
    slice.changed = true;
    await settler.add(settlementOf(rowOf('completed')));
  });
  await Promise.all(calls);
  await settler.drained();
  settler.stop();
  expect(returned.reduce((sum, amount) => sum + BigInt(amount), 0n)).toBe(100n);
  expect(slice).toMatchObject({ settling: 0n, returning: 0n });
});
