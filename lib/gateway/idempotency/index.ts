import { createHash } from 'node:crypto';
import { FairleadError } from '@/lib/kernel/errors';
import type { GatewayPool } from '@/lib/store';
import { type Exchange, headerOf } from '../exchange';
import type { Called } from '../types';
import { type KeptAnswer, RecordingExchange } from './recording-exchange';

const KEEP_HOURS = 24;
const MAX_KEY_LENGTH = 255;
const POLL_MS = 100;
/** A second call waits this long for the first; then it is told that the first still runs. */
const MAX_WAIT_MS = 10 * 60_000;
const CLEAN_UP_MS = 10 * 60_000;

/** Answers kept per Idempotency-Key, sealed so that only a gateway can read them, also where bodies are not logged. */
export interface Idempotency {
  /**
   * Null: the call carries no key. `replayed`: its answer was there and has been sent. Otherwise the call is the one that
   * runs, with an exchange that keeps its answer. Throws `idempotency_conflict` for another body under the same key.
   */
  claim(called: Called, processId: string): Promise<{ replayed: true } | { replayed: false; claim: Claim } | null>;
  stop(): void;
}

/** The right of one call to run under its key. */
export interface Claim {
  exchange: Exchange;
  /** The call was answered and charged: what goes out from now on is kept. Without it the key is free again. */
  charged(): void;
  /** The call ended before it could answer through `exchange`. */
  clear(): Promise<void>;
}

interface Names {
  org: string;
  key: string;
  value: string;
  body: string;
}

interface Vault {
  seal(text: string): string;
  unseal(sealed: string): string;
}

export function createIdempotency({ pool, vault, onProblem }: { pool: GatewayPool; vault: Vault; onProblem(error: unknown): void }): Idempotency {
  const cleaner = setInterval(() => void pool.query('DELETE FROM idempotent_answer WHERE expires_at < now()').catch(onProblem), CLEAN_UP_MS).unref();
  return {
    async claim(called, processId) {
      const value = headerOf(called.exchange, 'idempotency-key');
      if (value === null || value === '') return null;
      if (value.length > MAX_KEY_LENGTH) throw new FairleadError('invalid_request', `Idempotency-Key takes at most ${MAX_KEY_LENGTH} characters.`, { param: 'Idempotency-Key' });
      const names: Names = { org: called.caller.org.id, key: called.caller.key.id, value: hash(value), body: hash(`${called.exchange.path}\n`, called.bodyBytes) };
      const until = Date.now() + MAX_WAIT_MS;
      while (true) {
        if (await take(pool, names, called.requestId, processId)) return { replayed: false, claim: claimOf(pool, vault, names, called, onProblem) };
        const kept = await read(pool, names);
        if (kept && kept.body_hash !== names.body) throw new FairleadError('idempotency_conflict');
        if (kept?.state === 'too_large') throw new FairleadError('idempotency_conflict', 'This call was answered before, and its answer was too large to be kept (1 MiB). Use another Idempotency-Key to run it again.');
        if (kept?.state === 'done' && kept.answer !== null) {
          replay(called.exchange, JSON.parse(vault.unseal(kept.answer)) as KeptAnswer);
          return { replayed: true };
        }
        if (called.exchange.left || Date.now() > until) throw new FairleadError('idempotency_conflict', 'The first call with this Idempotency-Key still runs.');
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
    stop: () => clearInterval(cleaner),
  };
}

/** Takes the key when it is free, has expired, or belongs to a process that died. */
async function take(pool: GatewayPool, { org, key, value, body }: Names, requestId: string, processId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `INSERT INTO idempotent_answer AS a (org_id, key_id, value_hash, body_hash, request_id, process_id, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(hours => $7))
     ON CONFLICT (org_id, key_id, value_hash) DO UPDATE SET body_hash = excluded.body_hash, request_id = excluded.request_id, process_id = excluded.process_id,
       state = 'running', answer = NULL, created_at = now(), expires_at = excluded.expires_at
     WHERE a.expires_at < now() OR (a.state = 'running' AND a.process_id <> $6
       AND NOT EXISTS (SELECT 1 FROM heartbeat h WHERE h.process_id = a.process_id AND h.seen_at > now() - interval '60 seconds'))`,
    [org, key, value, body, requestId, processId, KEEP_HOURS],
  );
  return rowCount === 1;
}

async function read(pool: GatewayPool, { org, key, value }: Names): Promise<{ body_hash: string; state: string; answer: string | null } | null> {
  const { rows } = await pool.query<{ body_hash: string; state: string; answer: string | null }>(
    'SELECT body_hash, state, answer FROM idempotent_answer WHERE org_id = $1 AND key_id = $2 AND value_hash = $3',
    [org, key, value],
  );
  return rows[0] ?? null;
}

function claimOf(pool: GatewayPool, vault: Vault, { org, key, value }: Names, called: Called, onProblem: (error: unknown) => void): Claim {
  let isCharged = false;
  const own = [org, key, value, called.requestId];
  const where = 'WHERE org_id = $1 AND key_id = $2 AND value_hash = $3 AND request_id = $4';
  const clear = () => pool.query(`DELETE FROM idempotent_answer ${where}`, own).then(() => undefined, onProblem);
  const settle = (answer: KeptAnswer | null): Promise<void> => {
    if (!isCharged) return clear();
    return pool.query(`UPDATE idempotent_answer SET state = $5, answer = $6 ${where}`, [...own, answer ? 'done' : 'too_large', answer && vault.seal(JSON.stringify(answer))]).then(() => undefined, onProblem);
  };
  return {
    exchange: new RecordingExchange(called.exchange, settle),
    charged() {
      isCharged = true;
    },
    clear,
  };
}

/** Sends a kept answer as it was, stream or not; its request id opens the one request that ran. */
function replay(exchange: Exchange, { status, headers, body }: KeptAnswer): void {
  if (exchange.left) return;
  exchange.head(status, { ...headers, 'idempotent-replayed': 'true' });
  exchange.end(Buffer.from(body, 'base64'));
}

function hash(...parts: (string | Buffer)[]): string {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest('hex');
}
