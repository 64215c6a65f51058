import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const TIME_LENGTH = 8;
const RANDOM_LENGTH = 14;

type Branded<Prefix extends string> = `${Prefix}_${string}`;
export type OrgId = Branded<'org'>;
export type UserId = Branded<'usr'>;
export type KeyId = Branded<'key'>;
export type RequestId = Branded<'req'>;
export type AttemptId = Branded<'att'>;
export type AccountId = Branded<'acct'>;
export type EntryId = Branded<'ent'>;

type Prefix =
  | 'org' | 'usr' | 'key' | 'req' | 'att' | 'acct' | 'ent' | 'prov' | 'cred' | 'mdl' | 'card' | 'als' | 'plan'
  | 'chk' | 'sub' | 'aud' | 'mail' | 'inv' | 'bud' | 'proc' | 'cfg' | 'top' | 'ses' | 'chn' | 'rule' | 'evt' | 'dlv' | 'pre' | 'viw' | 'acc';

/**
 * A time-ordered id: prefix, eight base62 characters of Unix milliseconds, fourteen random ones (83 bits).
 * Ids of one prefix sort by creation time, and a request id tells the day of the partition it lives in.
 */
export function newId<P extends Prefix>(prefix: P, nowMs: number = Date.now()): Branded<P> {
  return `${prefix}_${encodeTime(nowMs)}${randomBase62(RANDOM_LENGTH)}`;
}

/** Random bytes are drawn in blocks: one call into the kernel serves hundreds of ids. */
const BLOCK = 8_192;
let block = Buffer.alloc(0);
let used = 0;

/** `length` random base62 characters, without modulo bias. */
export function randomBase62(length: number): string {
  let out = '';
  while (out.length < length) {
    if (used === block.length) {
      block = randomBytes(BLOCK);
      used = 0;
    }
    const byte = block[used++] as number;
    if (byte < 248) out += ALPHABET[byte % 62];
  }
  return out;
}

/** Unix milliseconds held in an id, or null when `id` is not one of ours. */
export function idTimeMs(id: string): number | null {
  const match = /^[a-z]+_([0-9A-Za-z]{8})[0-9A-Za-z]{14}$/.exec(id);
  if (!match?.[1]) return null;
  let value = 0;
  for (const char of match[1]) value = value * 62 + ALPHABET.indexOf(char);
  return value;
}

/** The UTC day ("2026-11-25") of the log partition a request id belongs to, or null for a foreign id. */
export function requestDay(id: string): string | null {
  const timeMs = idTimeMs(id);
  return timeMs === null || timeMs > 8.64e15 ? null : new Date(timeMs).toISOString().slice(0, 10);
}

function encodeTime(nowMs: number): string {
  let value = Math.floor(nowMs);
  let out = '';
  for (let i = 0; i < TIME_LENGTH; i++) {
    out = ALPHABET[value % 62] + out;
    value = Math.floor(value / 62);
  }
  return out;
}
