import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { randomBase62 } from '@/lib/kernel/ids';

export type KeyKind = 'inference' | 'management';

const PREFIXES: Record<KeyKind, string> = { inference: 'sk-fl-', management: 'sk-fl-mgmt-' };
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SHAPE = new RegExp(`^(sk-fl-(?:mgmt-)?[0-9A-Za-z]{40,64})_([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`);

export interface NewKey {
  /** Shown once, never stored. */
  key: string;
  /** SHA-256, hex: what the database holds. */
  hash: string;
  prefix: string;
  last4: string;
}

/** Makes a key: prefix, 43 random base62 characters (256 bits), `_`, six base62 characters of CRC32 over all before it. */
export function generateKey(kind: KeyKind): NewKey {
  const prefix = PREFIXES[kind];
  const body = prefix + randomBase62(SECRET_LENGTH);
  const key = `${body}_${checksum(body)}`;
  return { key, hash: hashKey(key), prefix, last4: key.slice(-4) };
}

/** The kind of a well-formed key, or null: a mistyped key is refused by its checksum with no database query. */
export function parseKey(text: string): KeyKind | null {
  const match = SHAPE.exec(text);
  if (!match?.[1] || checksum(match[1]) !== match[2]) return null;
  return match[1].startsWith(PREFIXES.management) ? 'management' : 'inference';
}

/** Keys hold 256 random bits, so one fast hash is enough and leaves nothing to guess. */
export function hashKey(key: string): string {
  return hash('sha256', key, 'hex');
}

function checksum(body: string): string {
  let value = crc32(body) >>> 0;
  let out = '';
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    out = ALPHABET[value % 62] + out;
    value = Math.floor(value / 62);
  }
  return out;
}
