import type { Clock } from '@/lib/kernel/clock';
import type { GatewayPool } from '@/lib/store';
import type { BreakerState } from './breaker';
import type { Health, HealthEntry } from './health';

const EVERY_MS = 300;
/** How long a leased probe stays with a process; renewed while it runs. */
const LEASE_MS = 5_000;
/** A process whose calls have not wanted a target lately leaves its probe to others. */
const WANTED_MS = 60_000;

interface Row {
  id: string;
  provider_id: string;
  credential_id: string;
  model_id: string;
  state: BreakerState;
  trips: number;
  fault: string;
  message: string;
  opened_ms: number | null;
  open_for_ms: number | null;
  lease_ms: number | null;
  probe_by: string | null;
  change: string;
}

/**
 * Exchanges the breakers of this process with the others through `target_health`: what changed here goes out, what changed
 * elsewhere comes in, and the one probe of an open target is leased. Runs beside the calls, never inside one; without the
 * database each process goes on by what it knows.
 */
export function startHealthSync(deps: { health: Health; pool: GatewayPool; clock: Clock; processId: string; liveProcesses(): number; onProblem(error: unknown): void }): { stop(): Promise<void> } {
  const { health, pool, clock, processId } = deps;
  let isStopped = false;
  let timer: NodeJS.Timeout;
  let running: Promise<void> = Promise.resolve();

  const exchange = async () => {
    await write([...health.entries.values()].filter(({ dirty }) => dirty));
    await lease();
    const { rows } = await pool.query<Row>({ name: 'health-read', text: READ });
    for (const row of rows) adopt(row);
  };

  const write = async (changed: HealthEntry[]) => {
    if (changed.length === 0) return;
    const now = clock.monotonic();
    const sent = changed.map(({ id, providerId, credentialId, modelId, breaker }) => ({
      id,
      provider_id: providerId,
      credential_id: credentialId,
      model_id: modelId,
      state: breaker.state,
      trips: breaker.trips,
      fault: breaker.fault,
      message: breaker.message,
      opened_ms: breaker.openedAtMs,
      open_for_ms: breaker.until - now,
    }));
    for (const entry of changed) entry.dirty = false;
    try {
      const { rows } = await pool.query<{ id: string; change: string }>({ name: 'health-write', text: WRITE, values: [JSON.stringify(sent), processId] });
      for (const { id, change } of rows) {
        const entry = health.entries.get(id);
        if (entry) entry.change = BigInt(change);
      }
    } catch (error) {
      for (const entry of changed) entry.dirty = true;
      throw error;
    }
  };

  const lease = async () => {
    if (deps.liveProcesses() <= 1) return;
    const now = clock.monotonic();
    const ids = [...health.entries.values()].filter(({ breaker, probing, wantedAt }) => probing || (breaker.gate(now) === 'probe' && now - wantedAt < WANTED_MS)).map(({ id }) => id);
    if (ids.length === 0) return;
    const { rows } = await pool.query<{ id: string; change: string }>({ name: 'health-lease', text: LEASE, values: [ids, processId, LEASE_MS] });
    for (const { id, change } of rows) {
      const entry = health.entries.get(id);
      if (!entry) continue;
      entry.leasedUntil = now + LEASE_MS;
      entry.change = BigInt(change);
    }
  };

  const adopt = (row: Row) => {
    const known = health.entries.get(row.id);
    if (known?.dirty || (known && known.change >= BigInt(row.change))) return;
    if (!known && row.state === 'closed') return;
    const credentialLast4 = row.id.split('/')[1]?.split(':')[1] ?? '';
    const entry = known ?? health.entry({ id: row.id, providerId: row.provider_id, credentialId: row.credential_id, credentialLast4, modelId: row.model_id });
    entry.change = BigInt(row.change);
    entry.leasedUntil = row.probe_by === processId && row.lease_ms !== null ? clock.monotonic() + row.lease_ms : 0;
    const { breaker } = entry;
    breaker.state = row.state;
    breaker.trips = row.trips;
    breaker.fault = row.fault;
    breaker.message = row.message;
    breaker.openedAtMs = row.opened_ms;
    breaker.until = clock.monotonic() + (row.open_for_ms ?? 0);
  };

  const tick = () => {
    running = exchange()
      .catch(deps.onProblem)
      .then(() => {
        if (!isStopped) timer = setTimeout(tick, EVERY_MS).unref();
      });
  };
  timer = setTimeout(tick, 0).unref();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

const READ = `SELECT id, provider_id, credential_id, model_id, state, trips, fault, message, extract(epoch from opened_at)::float8 * 1000 AS opened_ms,
  (extract(epoch from open_until - clock_timestamp()) * 1000)::float8 AS open_for_ms, (extract(epoch from probe_until - clock_timestamp()) * 1000)::float8 AS lease_ms,
  probe_by, change::text FROM target_health WHERE state <> 'closed' OR updated_at > now() - interval '60 seconds'`;

/** Of two processes that opened one target the longer pause holds. */
const WRITE = `INSERT INTO target_health AS h (id, provider_id, credential_id, model_id, state, trips, fault, message, opened_at, open_until, changed_by, change, updated_at)
  SELECT r.id, r.provider_id, r.credential_id, r.model_id, r.state, r.trips, r.fault, r.message, to_timestamp(r.opened_ms / 1000.0),
    clock_timestamp() + make_interval(secs => r.open_for_ms / 1000.0), $2, nextval('target_health_change'), clock_timestamp()
  FROM jsonb_to_recordset($1::jsonb) AS r(id text, provider_id text, credential_id text, model_id text, state text, trips int, fault text, message text, opened_ms float8, open_for_ms float8)
  ON CONFLICT (id) DO UPDATE SET state = excluded.state, trips = CASE WHEN excluded.state = 'closed' THEN 0 ELSE greatest(h.trips, excluded.trips) END, fault = excluded.fault, message = excluded.message,
    opened_at = excluded.opened_at, open_until = CASE WHEN h.state = excluded.state THEN greatest(h.open_until, excluded.open_until) ELSE excluded.open_until END,
    probe_by = NULL, probe_until = NULL, changed_by = excluded.changed_by, change = excluded.change, updated_at = excluded.updated_at
  RETURNING id, change::text`;

const LEASE = `UPDATE target_health SET probe_by = $2, probe_until = clock_timestamp() + make_interval(secs => $3::float8 / 1000.0), change = nextval('target_health_change'), updated_at = clock_timestamp()
  WHERE id = ANY ($1) AND state = 'open' AND open_until <= clock_timestamp() + interval '50 milliseconds' AND (probe_by = $2 OR probe_until IS NULL OR probe_until < clock_timestamp())
  RETURNING id, change::text`;
