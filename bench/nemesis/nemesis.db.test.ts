import { expect, it } from 'vitest';
import { createTenant } from '@/lib/testing/tenants';
import { startCluster } from './cluster';
import { findFaults } from './oracle';
import { runNemesis } from './run';

// The short form of `npm run test:ledger`.
it('the ledger loses, doubles and overspends nothing while processes are killed, the database stands still and upstreams break (I11, I12, I14)', { timeout: 180_000 }, async () => {
  const cluster = await startCluster();
  try {
    const history = await runNemesis(cluster, { seed: 20_261_125, calls: 2_000, kills: 3, pauses: 2, clients: 50, seconds: 10, pauseMs: 2_000 });
    expect(await findFaults(cluster, history)).toEqual([]);
    expect(history.seen.filter(({ complete }) => complete).length).toBeGreaterThan(300);
    expect([history.kills, history.pauses]).toEqual([3, 2]);
  } finally {
    await cluster.close();
  }
});

it('a process that is told to end under load takes no new call, finishes every stream and leaves every row and charge (I13)', { timeout: 60_000 }, async () => {
  const cluster = await startCluster();
  try {
    cluster.upstream.script('std', { chunks: Array.from({ length: 40 }, () => 'word '), gapMs: 40 });
    const tenant = await createTenant({ credit: { paid: '1' } });
    const [url = ''] = cluster.baseUrls();
    const call = () =>
      fetch(`${url}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json', connection: 'close' },
        body: JSON.stringify({ model: 'std', messages: [{ role: 'user', content: 'tencharsxx' }], max_tokens: 200, stream: true }),
      });
    const streams = await Promise.all(Array.from({ length: 20 }, call));
    const ended = cluster.terminate(0);
    const texts = Promise.all(streams.map((stream) => stream.text()));
    // Refused at the door, or with 503 where the connection was still taken.
    await expect.poll(() => call().then(({ status }) => status, () => 503), { timeout: 2_000, interval: 50 }).toBe(503);
    for (const text of await texts) expect(text.trimEnd().endsWith('data: [DONE]') && text.includes('"finish_reason":"stop"')).toBe(true);
    await ended;
    const [sum] = await cluster.query<{ completed: number; charged: number; held: string; leased: string }>(
      `SELECT (SELECT count(*)::int FROM logs.request WHERE org_id = $1 AND status = 'completed') AS completed, (SELECT count(*)::int FROM ledger_entry WHERE org_id = $1 AND kind = 'charge') AS charged,
         (SELECT sum(held_nano)::text FROM account WHERE org_id = $1) AS held, (SELECT sum(leased_nano)::text FROM account WHERE org_id = $1) AS leased`,
      [tenant.orgId],
    );
    expect(sum).toEqual({ completed: 20, charged: 20, held: '0', leased: '0' });
  } finally {
    await cluster.close();
  }
});
