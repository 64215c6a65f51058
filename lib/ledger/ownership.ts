import { newId } from '@/lib/kernel/ids';
import type { GatewayPool } from '@/lib/store';
import { LEFT_BEHIND, sweep } from './recover';

/** Architecture §4: leases live 45 s from the renewal; without one for 40 s the process stops by itself, at 55 s others sweep. */
const RENEW_MS = 10_000;
const STOP_MS = 40_000;
const SWEEP_AFTER_S = 55;
const SWEEP_MS = 2_000;
/** Running rows of processes that left no heartbeat behind are looked for less often: it reads an index of every partition. */
const ORPHANS_EVERY = 15;
/** A renewal later than this was a gap: the database, or we, stood still, and so may have others. */
const GAP_MS = 20_000;

export interface ProcessIdentity {
  role: string;
  host: string;
  pid: number;
}

/**
 * The row of `heartbeat` under which this process holds its leases. Its time is Postgres' for others and a monotonic
 * deadline, counted from the sending of the last renewal, for us.
 */
export class Ownership {
  private owner: string = newId('proc');
  private renewedAt = Number.NEGATIVE_INFINITY;
  /** Since when every renewal came in time. Only who saw no gap for a whole lease may declare others dead. */
  private steadySince = Number.POSITIVE_INFINITY;
  private readonly timers: NodeJS.Timeout[] = [];
  private sweeps = 0;
  private replacing: Promise<void> | null = null;

  constructor(
    private readonly deps: {
      pool: GatewayPool;
      monotonic(): number;
      identity: ProcessIdentity;
      /** Every lease was lost; from now on we are `owner`. */
      onReplaced(owner: string): void;
      onSwept(calls: number): unknown;
      onError(error: unknown, what: string): void;
    },
  ) {}

  get id(): string {
    return this.owner;
  }

  /** False once leases may be gone: no call may be admitted on them any more. */
  isAlive(): boolean {
    return this.deps.monotonic() - this.renewedAt < STOP_MS;
  }

  /** Makes this process known, and keeps it so. */
  async start(): Promise<void> {
    await this.register();
    const guarded = (what: string, work: () => Promise<void>) => () => void work().catch((error: unknown) => this.deps.onError(error, what));
    this.timers.push(setInterval(guarded('renewal', () => this.renew()), RENEW_MS), setInterval(guarded('sweep', () => this.sweepStale()), SWEEP_MS));
    for (const timer of this.timers) timer.unref();
  }

  /** Gives every lease back and leaves. */
  async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await sweep(this.deps.pool, [this.owner], true);
  }

  /** Called when the database no longer knows `lost`: this process begins anew under another name. */
  replace(lost: string): Promise<void> {
    if (lost !== this.owner) return Promise.resolve();
    this.replacing ??= (async () => {
      try {
        this.owner = newId('proc');
        await this.register();
        this.deps.onReplaced(this.owner);
      } finally {
        this.replacing = null;
      }
    })();
    return this.replacing;
  }

  async renew(): Promise<void> {
    const sentAt = this.deps.monotonic();
    const { owner } = this;
    const { rowCount } = await this.deps.pool.query({ name: 'ledger-renew', text: 'UPDATE heartbeat SET seen_at = now() WHERE process_id = $1', values: [owner] });
    if (rowCount === 0) return this.replace(owner);
    if (sentAt - this.renewedAt > GAP_MS) this.steadySince = sentAt;
    this.renewedAt = sentAt;
  }

  private async register(): Promise<void> {
    const { role, host, pid } = this.deps.identity;
    const sentAt = this.deps.monotonic();
    await this.deps.pool.query('INSERT INTO heartbeat (process_id, role, host, pid) VALUES ($1, $2, $3, $4)', [this.owner, role, host, pid]);
    this.renewedAt = sentAt;
    this.steadySince = sentAt;
  }

  private async sweepStale(): Promise<void> {
    const now = this.deps.monotonic();
    if (now - this.renewedAt > GAP_MS || now - this.steadySince < SWEEP_AFTER_S * 1_000) return;
    const stale = 'SELECT process_id FROM heartbeat WHERE process_id <> $1 AND seen_at < now() - make_interval(secs => $2)';
    const withOrphans = this.sweeps++ % ORPHANS_EVERY === 0;
    const { rows } = await this.deps.pool.query<{ process_id: string }>(withOrphans ? `${LEFT_BEHIND} UNION ${stale}` : stale, [this.owner, SWEEP_AFTER_S]);
    const swept = await sweep(this.deps.pool, rows.map((row) => row.process_id), false);
    if (swept > 0) this.deps.onSwept(swept);
  }
}
