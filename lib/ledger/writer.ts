import { FairleadError, isDatabaseTrouble } from '@/lib/kernel/errors';
import { ZERO } from '@/lib/kernel/money';
import { newId } from '@/lib/kernel/ids';
import type { Clock } from '@/lib/kernel/clock';
import type { GatewayPool } from '@/lib/store';
import { Batcher } from './batcher';
import type { CloseCall, OpenCall, OpenVerdict } from './types';

/** Past these ages of an unstored row new calls are refused: at once when the database fails, later when it is only slow. */
const FAILING_LIMIT_MS = 250;
const SLOW_LIMIT_MS = 2_000;

export interface LedgerWriter {
  /**
   * Sets the call's hold aside and writes its row, in one guarded statement shared with the calls that arrive meanwhile.
   * Rejects with `database_unavailable` when the database cannot answer; then nothing is held.
   */
  open(call: OpenCall): Promise<OpenVerdict>;
  /** Settles and completes the row. Resolves once committed; retries for as long as the database is away. */
  close(call: CloseCall): Promise<void>;
  /** Throws `ledger_unavailable` when rows cannot be stored in time. Ask before dispatching. */
  assertKeepingUp(): void;
  /** Resolves when every open and close is stored. */
  drained(): Promise<void>;
}

const TEXT = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);

/** The gateway's one way to move money. Everything it does is a batch of `ledger.open_calls` or `ledger.close_calls`. */
export function createLedgerWriter(deps: { pool: GatewayPool; clock: Clock; onError(error: unknown, what: string): void }): LedgerWriter {
  const { pool, clock, onError } = deps;

  const opens = new Batcher<OpenCall, OpenVerdict>({
    maxBatch: 256,
    onFailure: 'reject',
    monotonic: clock.monotonic,
    onError: (error) => onError(error, 'open'),
    async flush(calls) {
      const result = await pool.query<{ verdicts: (OpenVerdict & { id: string })[] }>({
        name: 'ledger-open',
        text: 'SELECT ledger.open_calls($1::jsonb) AS verdicts',
        values: [JSON.stringify(calls, TEXT)],
      });
      return result.rows[0]?.verdicts ?? [];
    },
  });

  const closes = new Batcher<CloseCall, void>({
    maxBatch: 256,
    onFailure: 'retry',
    monotonic: clock.monotonic,
    onError: (error) => onError(error, 'close'),
    async flush(calls) {
      const once = [...new Map(calls.map((call) => [call.id, call])).values()];
      try {
        await closeAll(pool, once);
      } catch (error) {
        if (isDatabaseTrouble(error)) throw error;
        // One call that the database refuses must not keep all others from settling.
        onError(error, 'close');
        for (const call of once) await closeAll(pool, [call]).catch((reason: unknown) => giveUpOn(call, reason));
      }
      return [];
    },
  });

  const giveUpOn = (call: CloseCall, reason: unknown) => {
    if (isDatabaseTrouble(reason)) throw reason;
    onError(reason, `close of ${call.id}: ${JSON.stringify(call, TEXT).slice(0, 4_000)}`);
  };

  return {
    async open(call) {
      try {
        return await opens.add(call);
      } catch (error) {
        // The commit may have happened although its answer was lost: closing with no charge gives back what it held.
        if (call.hold) void closes.add(abandoned(call));
        throw new FairleadError('database_unavailable', undefined, { retryAfterS: 1, internal: error });
      }
    },
    close: (call) => closes.add(call),
    assertKeepingUp() {
      for (const { oldestMs, failing } of [opens.backlog(), closes.backlog()]) {
        if (oldestMs > (failing ? FAILING_LIMIT_MS : SLOW_LIMIT_MS)) throw new FairleadError('ledger_unavailable', undefined, { retryAfterS: 1 });
      }
    },
    async drained() {
      await opens.drained();
      await closes.drained();
    },
  };
}

async function closeAll(pool: GatewayPool, calls: CloseCall[]): Promise<void> {
  await pool.query({ name: 'ledger-close', text: 'SELECT ledger.close_calls($1::jsonb)', values: [JSON.stringify(calls, TEXT)] });
}

function abandoned(call: OpenCall): CloseCall {
  return {
    id: call.id,
    org: call.org,
    entry: newId('ent'),
    charge: ZERO,
    row: {
      ...call.row,
      status: 'failed',
      http_status: 503,
      finished_at: new Date().toISOString(),
      error_code: 'database_unavailable',
      error_source: 'gateway',
    },
    attempts: [],
    bodies: [],
    opened: true,
  };
}
