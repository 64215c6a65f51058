import { parseUsd } from '@/lib/kernel/money';
import type { Cluster } from './cluster';
import type { History } from './run';

interface Row extends Record<string, unknown> {
  id: string;
  org: string;
  key_id: string;
  status: string;
  created_ms: string;
  cost: string;
  charges: number;
  charged: string;
  write_offs: number;
}

/** What must be true of a history, whatever happened in it. Reads answers, the upstream's log and the ledger; returns what is wrong. */
export async function findFaults(cluster: Cluster, history: History): Promise<string[]> {
  const faults: string[] = [];
  const rows = await cluster.query<Row>(
    `SELECT q.id, q.org_id AS org, q.key_id, q.status, (extract(epoch FROM q.created_at) * 1000)::bigint::text AS created_ms, q.cost_nano::text AS cost,
       coalesce(e.charges, 0) AS charges, coalesce(e.charged, 0)::text AS charged, coalesce(e.write_offs, 0) AS write_offs
     FROM logs.request q LEFT JOIN (
       SELECT source_id, count(*) FILTER (WHERE source_type = 'request' AND leg = 0)::int AS charges,
         sum(amount_nano) FILTER (WHERE source_type = 'request') AS charged, count(*) FILTER (WHERE source_type = 'write_off')::int AS write_offs
       FROM ledger_entry WHERE source_type IN ('request', 'write_off') GROUP BY 1
     ) e ON e.source_id = q.id`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const seen of history.seen) {
    if (seen.id === null || seen.status === null) continue;
    const row = byId.get(seen.id);
    if (seen.status === 200 && !row) faults.push(`${seen.id} was answered and has no row`);
    if (!row) continue;
    if (seen.complete) {
      if (row.charges + row.write_offs !== 1) faults.push(`${seen.id} was complete and has ${row.charges} charges and ${row.write_offs} write-offs`);
      if (seen.cost !== null && row.charges === 1 && parseUsd(seen.cost).toString() !== row.charged) faults.push(`${seen.id} said ${seen.cost} and charged ${row.charged}`);
    }
    if (seen.status === 429 && row.charges + row.write_offs > 0) faults.push(`${seen.id} was refused and charged`);
  }
  for (const row of rows) {
    if (row.charges > 1 || row.write_offs > 1 || row.charges + row.write_offs > 1) faults.push(`${row.id} was charged more than once`);
    if (row.cost !== row.charged && row.write_offs === 0) faults.push(`${row.id} costs ${row.cost} in the log and ${row.charged} in the ledger`);
    if (row.status === 'running') faults.push(`${row.id} is still running`);
    if (row.status === 'interrupted' && row.charges > 0) faults.push(`${row.id} was interrupted and charged`);
  }
  const dispatched = cluster.upstream.requests.length;
  const charged = rows.filter(({ charges, write_offs }) => charges + write_offs > 0).length;
  if (charged > dispatched) faults.push(`${charged} charges for ${dispatched} calls that the upstream saw`);
  faults.push(...(await accountFaults(cluster)), ...limitFaults(rows, history));
  return faults;
}

/** Replaying the ledger from zero gives the stored balances; nothing is held or leased; no fund and no budget is overspent. */
async function accountFaults(cluster: Cluster): Promise<string[]> {
  const accounts = await cluster.query<{ id: string; type: string; limit: string; spent: string; held: string; leased: string; credited: string; charged: string; over: boolean }>(
    `SELECT a.id, a.scope_type AS type, a.limit_nano::text AS limit, a.spent_nano::text AS spent, a.held_nano::text AS held, a.leased_nano::text AS leased,
       (SELECT coalesce(sum(amount_nano), 0)::text FROM ledger_entry WHERE credit_account = a.id) AS credited,
       (SELECT coalesce(sum(amount_nano), 0)::text FROM ledger_entry WHERE debit_account = a.id) AS charged, a.spent_nano > a.limit_nano AS over
     FROM account a`,
  );
  const faults: string[] = [];
  for (const account of accounts) {
    if (account.held !== '0' || account.leased !== '0') faults.push(`${account.id} still holds ${account.held} and leases ${account.leased}`);
    if (account.type === 'fund' && (account.credited !== account.limit || account.charged !== account.spent))
      faults.push(`${account.id} was credited ${account.credited} and charged ${account.charged}, but says ${account.limit} and ${account.spent}`);
    if (account.type === 'fund' && account.over) faults.push(`${account.id} is overspent`);
  }
  const [sum] = await cluster.query<{ rolled: string; logged: string; booked: string }>(
    `SELECT (SELECT coalesce(sum(cost_nano), 0)::text FROM usage_rollup) AS rolled, (SELECT coalesce(sum(cost_nano), 0)::text FROM logs.request) AS logged,
       (SELECT coalesce(sum(amount_nano), 0)::text FROM ledger_entry WHERE kind = 'charge') AS booked`,
  );
  if (!sum || sum.rolled !== sum.logged || sum.logged !== sum.booked) faults.push(`roll-ups, log and ledger disagree: ${JSON.stringify(sum)}`);
  return faults;
}

/** No charge was admitted beyond a limit once that limit was in force. */
function limitFaults(rows: Row[], { lowered }: History): string[] {
  const faults: string[] = [];
  lowered.forEach(({ keyId, limit, inForceAt, until }) => {
    const own = rows.filter((row) => row.key_id === keyId);
    const sumOf = (some: Row[]) => some.reduce((sum, row) => sum + BigInt(row.charged), 0n);
    const before = sumOf(own.filter((row) => Number(row.created_ms) < inForceAt));
    const after = sumOf(own.filter((row) => Number(row.created_ms) >= inForceAt && Number(row.created_ms) < until));
    if (after > 0n && before + after > limit) faults.push(`${after} was admitted on ${keyId} after its limit of ${limit} was in force (${before} before)`);
  });
  return faults;
}
