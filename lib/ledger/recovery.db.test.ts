import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nano, parseUsd, ZERO } from '@/lib/kernel/money';
import { balanceOf, close, closing, funded, holdOf, requestRow, twoLedgers } from '@/lib/testing/ledger-calls';
import { createTenant } from '@/lib/testing/tenants';
import { Journal } from './journal';
import { recoverDead, recoverPredecessors } from './recover';

const { admit, database, leasedOf, pool, start } = await twoLedgers();

describe('a process that dies', () => {
  it('has its leases given back by the parent that saw it end, and a balance is whole again', async () => {
    const tenant = await createTenant({ credit: { paid: '0.000900' } });
    const dead = await start();
    const running = await admit(tenant, funded(tenant, 500_000n), dead);
    await dead.open(requestRow(running));
    await expect.poll(async () => (await balanceOf(tenant)).held, { timeout: 2_000 }).toBe(nano(500_000n));
    expect(await recoverDead(pool(), mkdtempSync(path.join(os.tmpdir(), 'fairlead-journal-')), { owner: dead.processId, pid: 0 })).toBe(1);
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, available: nano(900_000n) });
    expect((await admit(tenant, funded(tenant, 900_000n))).verdict.ok).toBe(true);
    await dead.stop();
  });

  it('leaves no lease and an interrupted row behind, and a settlement that comes later is a write-off (A10)', async () => {
    const tenant = await createTenant({ credit: { paid: '1' } });
    const dead = await start();
    const running = await admit(tenant, funded(tenant, 500_000n), dead);
    await dead.open(requestRow(running));
    await expect.poll(async () => (await balanceOf(tenant)).held, { timeout: 2_000 }).toBe(nano(500_000n));
    const lost: boolean[] = [];
    dead.onLeasesLost(() => lost.push(true));
    await database.query('SELECT ledger.sweep($1::text[], true)', [[dead.processId]]);
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, spent: ZERO, available: parseUsd('1') });
    expect(await leasedOf(tenant)).toBe('0');
    await close(running, 180_000n);
    expect(lost).toEqual([true]);
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, spent: ZERO });
    const entries = await database.query(`SELECT kind, fund, amount_nano::text AS amount FROM ledger_entry WHERE source_id = $1`, [running.id]);
    expect(entries).toEqual([{ kind: 'write_off', fund: 'operator', amount: '180000' }]);
    const rows = await database.query(`SELECT status, cost_nano::text AS cost FROM logs.request WHERE id = $1`, [running.id]);
    expect(rows).toEqual([{ status: 'interrupted', cost: '0' }]);
    const again = await admit(tenant, funded(tenant, 500_000n), dead);
    expect(again.admittedBy).not.toBe(running.admittedBy);
    await close(again, 1n);
    expect((await balanceOf(tenant)).spent).toBe(nano(1n));
    await dead.stop();
  });

  it('with settlements in its journal has them charged once by the next start, whatever of them had arrived', async () => {
    const tenant = await createTenant({ credit: { paid: '1' } });
    const folder = mkdtempSync(path.join(os.tmpdir(), 'fairlead-journal-'));
    const dead = await start();
    const arrived = await admit(tenant, funded(tenant, 500_000n), dead);
    const missing = await admit(tenant, funded(tenant, 500_000n), dead);
    const streaming = await admit(tenant, funded(tenant, 500_000n), dead);
    const journal = new Journal(folder, dead.processId);
    await journal.keep(
      [arrived, missing].map((call) => ({
        settled: {
          id: call.id,
          org: tenant.orgId,
          owner: call.admittedBy,
          row: { ...closing(call, 7n).row, cost_nano: '180000' },
          opened: true,
          attempts: [],
          bodies: [],
          moves: [{ account: `${tenant.orgId}/fund/paid`, slice: holdOf(call)?.funds?.[0]?.slice ?? null, spent: 180_000n }],
          legs: [{ fund: 'paid', account: `${tenant.orgId}/fund/paid`, amount: 180_000n }],
        },
      })),
    );
    await journal.keep([{ opened: requestRow(streaming) }]);
    await close(arrived, 180_000n);
    const { processId } = dead;
    await database.query(`UPDATE heartbeat SET seen_at = now() - interval '1 hour' WHERE process_id <> $1`, [processId]);
    await database.query(`DELETE FROM heartbeat WHERE process_id = 'nobody'`);
    const survivors = (await database.query<{ process_id: string }>(`SELECT process_id FROM heartbeat WHERE process_id <> $1`, [processId])).map(
      (row) => row.process_id,
    );
    await sweepDead(folder, processId, survivors);
    expect(await balanceOf(tenant)).toMatchObject({ spent: nano(360_000n), held: ZERO });
    expect(await leasedOf(tenant)).toBe('0');
    const rows = await database.query<{ id: string; status: string }>(`SELECT id, status FROM logs.request WHERE org_id = $1`, [tenant.orgId]);
    expect(new Map(rows.map(({ id, status }) => [id, status]))).toEqual(
      new Map([
        [arrived.id, 'completed'],
        [missing.id, 'completed'],
        [streaming.id, 'interrupted'],
      ]),
    );
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

/** What a start does that owns the data, while the processes of this file's other tests live on. */
async function sweepDead(folder: string, _dead: string, survivors: string[]): Promise<void> {
  const rows = await database.query<{ process_id: string; role: string; host: string; pid: number }>(
    'SELECT process_id, role, host, pid FROM heartbeat WHERE process_id = ANY($1)',
    [survivors],
  );
  await database.query(`UPDATE heartbeat SET role = 'console' WHERE process_id = ANY($1)`, [survivors]);
  await recoverPredecessors(pool(), folder);
  for (const row of rows) await database.query('UPDATE heartbeat SET role = $2 WHERE process_id = $1', [row.process_id, row.role]);
}
