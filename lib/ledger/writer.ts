import { FairleadError, isDatabaseTrouble } from '@/lib/kernel/errors';
import { type Money, nano, ZERO } from '@/lib/kernel/money';
import { newId } from '@/lib/kernel/ids';
import type { Clock } from '@/lib/kernel/clock';
import type { GatewayPool } from '@/lib/store';
import { Batcher, Refused } from './batcher';
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
  /**
   * Settles and completes the row. Resolves once committed, with how much of an extra was charged; retries for as long
   * as the database is away.
   */
  close(call: CloseCall): Promise<Money>;
  /** Throws `ledger_unavailable` when rows cannot be stored in time. Ask before dispatching. */
  assertKeepingUp(): void;
  /** Resolves when every open and close is stored. */
  drained(): Promise<void>;
}

/** Windows that this process has named before; their accounts exist and only their ids are sent. */
const KNOWN_WINDOWS = 50_000;

/**
 * The gateway's one way to move money. Everything it does is a batch of `ledger.open_calls` or `ledger.close_calls`.
 * Opening does not wait for the disk (`openPool` has synchronous_commit off): other processes see a hold at once, and one
 * that a crash of the database loses is made good when the call closes. Closing does wait: a charge that a client saw the
 * end of is on disk.
 */
export function createLedgerWriter(deps: { pool: GatewayPool; openPool: GatewayPool; clock: Clock; onError(error: unknown, what: string): void }): LedgerWriter {
  const { pool, openPool, clock, onError } = deps;
  const known = new Set<string>();

  const opens = new Batcher<OpenCall, OpenVerdict>({
    maxBatch: 256,
    onFailure: 'reject',
    monotonic: clock.monotonic,
    onError(error) {
      known.clear();
      onError(error, 'open');
    },
    async flush(calls) {
      const holds = calls.flatMap(({ id, org, process, row, hold }) => {
        if (!hold) return [];
        const windows = hold.windows.map((window) => (known.has(window.id) ? { id: window.id } : { ...window, limit: window.limit.toString() }));
        return [{ id, org, process, row, windows, funds: hold.funds, ceilings: hold.ceilings.map(String) }];
      });
      const result = await openPool.query<{ verdicts: (OpenVerdict & { id: string })[] }>({
        name: 'ledger-open',
        text: 'SELECT ledger.open_calls($1::jsonb, $2::jsonb) AS verdicts',
        values: [JSON.stringify(holds), JSON.stringify(calls.filter(({ writeRow }) => writeRow).map(({ row }) => row))],
      });
      if (known.size > KNOWN_WINDOWS) known.clear();
      for (const { hold } of calls) for (const { id } of hold?.windows ?? []) known.add(id);
      const verdicts = new Map((result.rows[0]?.verdicts ?? []).map((verdict) => [verdict.id, verdict]));
      return calls.map(({ id }): OpenVerdict => verdicts.get(id) ?? { ok: true, taken: 0 });
    },
  });

  const closes = new Batcher<CloseCall, Money>({
    maxBatch: 256,
    onFailure: 'retry',
    monotonic: clock.monotonic,
    onError: (error) => onError(error, 'close'),
    async flush(calls) {
      const once = [...new Map(calls.map((call) => [call.id, call])).values()];
      const taken = new Map<string, Money>();
      const refused = new Map<string, Refused>();
      try {
        await closeAll(pool, once, taken);
      } catch (error) {
        if (isDatabaseTrouble(error)) throw error;
        // One call that the database refuses must not keep all others from settling; it alone fails, loudly.
        for (const call of once) {
          await closeAll(pool, [call], taken).catch((reason: unknown) => {
            if (isDatabaseTrouble(reason)) throw reason;
            onError(reason, `close of ${call.id} of ${call.org}, charge ${call.charge}`);
            refused.set(call.id, new Refused(reason));
          });
        }
      }
      return calls.map(({ id }) => refused.get(id) ?? taken.get(id) ?? ZERO);
    },
  });

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

/** Calls whose rows share a retention class and a day live in one partition, and go to the database together. */
async function closeAll(pool: GatewayPool, calls: CloseCall[], taken: Map<string, Money>): Promise<void> {
  const partitions = new Map<string, CloseCall[]>();
  for (const call of calls) {
    const name = call.row.class + call.row.day;
    const group = partitions.get(name);
    if (group) group.push(call);
    else partitions.set(name, [call]);
  }
  for (const group of partitions.values()) await closePartition(pool, group, taken);
}

async function closePartition(pool: GatewayPool, calls: CloseCall[], taken: Map<string, Money>): Promise<void> {
  const { class: logClass, day } = (calls[0] as CloseCall).row;
  const { rows } = await pool.query<{ extras: { id: string; taken: string }[] }>({
    name: 'ledger-close',
    text: 'SELECT ledger.close_calls($1, $2::date, $3::text[], $4::jsonb, $5::jsonb, $6::jsonb, $7::jsonb) AS extras',
    values: [
      logClass,
      day,
      calls.filter(({ opened }) => opened).map(({ id }) => id),
      JSON.stringify(calls.map(({ id, org, entry, charge, extra, held }) => ({ id, org, entry, charge: charge.toString(), ...held, ...(extra > 0n && { extra: extra.toString() }) }))),
      JSON.stringify(calls.map(({ row }) => row)),
      JSON.stringify(calls.flatMap(({ attempts }) => attempts)),
      JSON.stringify(calls.flatMap(({ bodies }) => bodies)),
    ],
  });
  for (const extra of rows[0]?.extras ?? []) taken.set(extra.id, nano(BigInt(extra.taken)));
}

function abandoned(call: OpenCall): CloseCall {
  return {
    id: call.id,
    org: call.org,
    entry: newId('ent'),
    charge: ZERO,
    opened: true,
    held: null,
    extra: ZERO,
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
  };
}
