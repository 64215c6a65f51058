import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { log } from '@/lib/log';
import { StartError } from './start-error';

const PATIENCE_MS = 30_000;
const STARTING_UP = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '57P03']);

/** A database of one's own may come up later than we do (compose, a failover); anything but that stops the start. */
export async function waitForDatabase(url: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  const { host, pathname } = new URL(url);
  for (let attempt = 1; ; attempt += 1) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      void client.end().catch(() => undefined);
      const { code = '', message } = error as { code?: string; message: string };
      if (!STARTING_UP.has(code) || performance.now() > deadline)
        throw new StartError(`DATABASE_URL: cannot use the database ${pathname.slice(1)} at ${host}: ${message || code}`);
      if (attempt === 1) log.warn({ host }, 'The database does not answer yet; waiting');
      await delay(500);
    }
  }
}
