import type { GatewayPool } from '@/lib/store';

/** When and by what client a key was last used; written in the background, a few seconds late. */
export interface KeyUse {
  note(keyId: string, atMs: number, client: string | null): void;
  /** Writes what was noted since the last time. */
  flush(): Promise<void>;
}

export function createKeyUse(pool: GatewayPool): KeyUse {
  let noted = new Map<string, { at: number; client: string | null }>();
  return {
    note(keyId, at, client) {
      noted.set(keyId, { at, client });
    },
    async flush() {
      if (noted.size === 0) return;
      const batch = noted;
      noted = new Map();
      await pool.query(
        `UPDATE api_key k SET last_used_at = to_timestamp(u.at / 1000.0), last_used_client = u.client
         FROM jsonb_to_recordset($1::jsonb) AS u(id text, at double precision, client text)
         WHERE k.id = u.id AND (k.last_used_at IS NULL OR k.last_used_at < to_timestamp(u.at / 1000.0))`,
        [JSON.stringify([...batch].map(([id, { at, client }]) => ({ id, at, client: client?.slice(0, 100) ?? null })))],
      );
    },
  };
}
