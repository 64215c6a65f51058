import path from 'node:path';
import { env } from '@/lib/env';
import { recoverDead } from '@/lib/ledger';
import { log } from '@/lib/log';
import { createGatewayPool } from '@/lib/store';

/** The next process waits for this no longer: what is not returned by then goes the way of leases nobody renews. */
const PATIENCE_MS = 3_000;

/** Gives back what a gateway process had leased when it died, so that the others need not wait for its lease to run out. */
export async function returnLeases(dead: { owner: string; pid: number }): Promise<void> {
  const onError = (error: unknown) => log.warn({ err: error, owner: dead.owner }, 'the leases of a process that died are left for the sweep');
  const pool = createGatewayPool({ max: 1, onError });
  const recovered = recoverDead(pool, path.join(env().dataDir, 'journal'), dead)
    .then((calls) => calls > 0 && log.warn({ calls }, 'calls of a process that died were marked interrupted and their holds released'), onError)
    .finally(() => pool.end());
  await Promise.race([recovered, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())]);
}
