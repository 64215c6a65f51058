import pg from 'pg';
import { env } from '@/lib/env';

/** Locks that live as long as one connection: held by this process until it lets go or dies. */
export interface SessionLocks {
  /** Takes the lock, or finds that this process has it already. False: another process has it. */
  tryLock(name: string): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Opens a connection of its own, past any transaction pooler, for advisory locks. When it breaks, Postgres has given the
 * locks away: `onLost` is told at once.
 */
export async function openSessionLocks(onLost: (error: Error | null) => void): Promise<SessionLocks> {
  const client = new pg.Client({ connectionString: env().databaseDirectUrl, options: '-c role=fairlead_app', connectionTimeoutMillis: 5_000, keepAlive: true, query_timeout: 10_000 });
  const held = new Set<string>();
  let open = true;
  const lose = (error: Error | null) => {
    if (!open) return;
    open = false;
    held.clear();
    onLost(error);
    void client.end().catch(() => undefined);
  };
  client.on('error', lose);
  client.on('end', () => lose(null));
  await client.connect();
  return {
    async tryLock(name) {
      if (!open) return false;
      if (held.has(name)) {
        // The connection may be dead without a word; asking it is the only way to know.
        await client.query('SELECT 1').catch((error: Error) => lose(error));
        return held.has(name);
      }
      const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked', [name]);
      const locked = open && rows[0]?.locked === true;
      if (locked) held.add(name);
      return locked;
    },
    async close() {
      open = false;
      held.clear();
      await client.end();
    },
  };
}
