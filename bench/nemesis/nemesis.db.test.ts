import { expect, it } from 'vitest';
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
