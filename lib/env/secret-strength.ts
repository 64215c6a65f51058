const MIN_BYTES = 32;
const MIN_DISTINCT = 5;
/** Words that examples and tutorials put where a secret belongs. */
const DEFAULT_WORDS = /change.?(me|this|it)|replace.?(me|this)|your.?(own.?)?(auth|secret|key|random)|insecure|placeholder|default.?(secret|key)/i;

/** Says what is wrong with a secret, or null. The value itself never gets into the message. */
export function secretFault(secret: string): string | null {
  if (Buffer.byteLength(secret) < MIN_BYTES) return `is too short: it needs at least ${MIN_BYTES} bytes (openssl rand -base64 32)`;
  if (DEFAULT_WORDS.test(secret) || new Set(secret).size < MIN_DISTINCT) return 'is a default or guessable value: make one with openssl rand -base64 32';
  return null;
}

/** Says what is wrong with one encryption key, or null. */
export function encryptionKeyFault(key: string): string | null {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(key)) return 'must be base64 (openssl rand -base64 32)';
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length < MIN_BYTES) return `is too short: it needs at least ${MIN_BYTES} bytes in base64 (openssl rand -base64 32)`;
  if (new Set(bytes).size < MIN_DISTINCT || DEFAULT_WORDS.test(bytes.toString('latin1')))
    return 'is a default or guessable value: make one with openssl rand -base64 32';
  return null;
}
