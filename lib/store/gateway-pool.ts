import pg from 'pg';
import { env } from '@/lib/env';

export type GatewayPool = pg.Pool;
export type GatewayClient = pg.PoolClient;

/**
 * The gateway's own connections, acting as `fairlead_gateway`: prepared statements and batches, no ORM.
 * `onError` hears about idle connections that Postgres closed; without a listener that would end the process.
 * With `waitForDisk: false` a commit returns before it is on disk.
 */
export function createGatewayPool(options: { max: number; onError: (error: Error) => void; waitForDisk?: boolean }): GatewayPool {
  const pool = new pg.Pool({
    connectionString: env().databaseUrl,
    // The ledger's functions are the same statements over and over: planning them each time costs ten times their execution.
    // A plan made while a table was empty would scan it whole for as long as the connection lives, hence enable_seqscan.
    options: `-c role=fairlead_gateway -c plan_cache_mode=force_generic_plan -c enable_seqscan=off${options.waitForDisk === false ? ' -c synchronous_commit=off' : ''}`,
    max: options.max,
    connectionTimeoutMillis: 2_000,
    keepAlive: true,
  });
  pool.on('error', options.onError);
  pool.on('connect', (client) => client.on('error', options.onError));
  return pool;
}
