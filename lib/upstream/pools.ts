import { Pool } from 'undici';
import { assertPublicHost, guardedLookup } from './address';

export interface UpstreamPools {
  /** The connection pool of an origin. Throws when the origin is private and that is not allowed. */
  for(origin: string, connectMs: number): Pool;
  close(): Promise<void>;
}

/** One keep-alive pool per origin. undici's own 300 s header and body timeouts are off: deadlines are ours. */
export function createUpstreamPools(options: { allowPrivate: boolean }): UpstreamPools {
  const pools = new Map<string, Pool>();
  return {
    for(origin, connectMs) {
      const name = `${origin}#${connectMs}`;
      let pool = pools.get(name);
      if (!pool) {
        if (!options.allowPrivate) assertPublicHost(new URL(origin).hostname);
        pool = new Pool(origin, {
          connections: 512,
          pipelining: 1,
          headersTimeout: 0,
          bodyTimeout: 0,
          keepAliveTimeout: 30_000,
          connect: { timeout: connectMs, ...(options.allowPrivate ? {} : { lookup: guardedLookup }) },
        });
        pools.set(name, pool);
      }
      return pool;
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}
