// npm run test:ledger: the ledger under a nemesis, five seeds of two minutes each. Figures of the last run are printed.
import { startCluster } from './cluster';
import { findFaults } from './oracle';
import { runNemesis } from './run';

const seeds = (process.env.NEMESIS_SEEDS ?? '1,2,3,4,5').split(',').map(Number);
const seconds = Number(process.env.NEMESIS_SECONDS ?? 125);
let failed = false;
for (const seed of seeds) {
  const cluster = await startCluster();
  try {
    const history = await runNemesis(cluster, { seed, calls: 2_000, kills: 4, pauses: 2, clients: 50, seconds, pauseMs: 5_000 });
    const faults = await findFaults(cluster, history);
    const answered = history.seen.filter(({ complete }) => complete).length;
    console.log(`seed ${seed}: ${history.seen.length} calls, ${answered} answered whole, ${history.kills} kills, ${history.pauses} pauses, ${history.lowered.length} lowered limits, ${faults.length} faults`);
    for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
    failed ||= faults.length > 0;
  } finally {
    await cluster.close();
  }
}
process.exit(failed ? 1 : 0);
