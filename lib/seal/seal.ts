import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';

/**
 * Sealing: anyone with the public key can write a secret, only the gateway can read it. A sealed text is
 * `s1.<key id>.<base64url of: ephemeral X25519 public key (32) | AES-256-GCM ciphertext | tag (16)>`.
 * The key and the nonce come from HKDF-SHA256 over the shared secret; the ephemeral key is never used twice.
 */
const VERSION = 's1';
const POINT_BYTES = 32;
const TAG_BYTES = 16;
const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex');

/** What opens sealed texts. Made from an ENCRYPTION_KEY; never leaves the process that made it. */
export interface SealPrivateKey {
  id: string;
  publicKey: string;
  key: KeyObject;
}

export class SealError extends Error {
  override readonly name = 'SealError';
}

/** One private key per ENCRYPTION_KEY, in the same order (newest first). */
export function privateKeysFrom(encryptionKeys: readonly string[]): SealPrivateKey[] {
  return encryptionKeys.map((encryptionKey) => {
    const seed = Buffer.from(hkdfSync('sha256', Buffer.from(encryptionKey, 'base64'), 'fairlead', 'seal x25519 private key', POINT_BYTES));
    const key = createPrivateKey({ key: Buffer.concat([PKCS8_X25519, seed]), format: 'der', type: 'pkcs8' });
    const publicKey = rawPublicKey(createPublicKey(key)).toString('base64url');
    return { id: keyIdOf(publicKey), publicKey, key };
  });
}

/** The public key that belongs to an ENCRYPTION_KEY: base64url, safe to hand to any process. */
export function publicKeyFrom(encryptionKey: string): string {
  return privateKeysFrom([encryptionKey])[0]?.publicKey ?? '';
}

/** Seals a text to the public key. The same text sealed twice looks different. */
export function seal(publicKey: string, text: string): string {
  const point = Buffer.from(publicKey, 'base64url');
  if (point.length !== POINT_BYTES) throw new SealError('The public key is not an X25519 key.');
  const recipient = createPublicKey({ key: Buffer.concat([SPKI_X25519, point]), format: 'der', type: 'spki' });
  const ephemeral = generateKeyPairSync('x25519');
  const ephemeralPoint = rawPublicKey(ephemeral.publicKey);
  const header = `${VERSION}.${keyIdOf(publicKey)}`;
  const { key, nonce } = deriveCipherKey(diffieHellman({ privateKey: ephemeral.privateKey, publicKey: recipient }), ephemeralPoint, point);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(header));
  const body = Buffer.concat([ephemeralPoint, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${header}.${body.toString('base64url')}`;
}

/** Opens a sealed text with whichever of the keys it was sealed to. Throws SealError when none fits or it was altered. */
export function unseal(privateKeys: readonly SealPrivateKey[], sealed: string): string {
  const [version, keyId, encoded, ...rest] = sealed.split('.');
  const body = Buffer.from(encoded ?? '', 'base64url');
  if (version !== VERSION || rest.length > 0 || body.length < POINT_BYTES + TAG_BYTES) throw new SealError('This is not a sealed text.');
  const privateKey = privateKeys.find(({ id }) => id === keyId);
  if (!privateKey) throw new SealError('No ENCRYPTION_KEY of this installation opens this sealed text.');
  try {
    const ephemeralPoint = body.subarray(0, POINT_BYTES);
    const sender = createPublicKey({ key: Buffer.concat([SPKI_X25519, ephemeralPoint]), format: 'der', type: 'spki' });
    const shared = diffieHellman({ privateKey: privateKey.key, publicKey: sender });
    const { key, nonce } = deriveCipherKey(shared, ephemeralPoint, Buffer.from(privateKey.publicKey, 'base64url'));
    const decipher = createDecipheriv('aes-256-gcm', key, nonce)
      .setAAD(Buffer.from(`${version}.${keyId}`))
      .setAuthTag(body.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(body.subarray(POINT_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new SealError('The sealed text was altered or cut.', { cause });
  }
}

/** The id of the key that a text was sealed to, or null when it is no sealed text. */
export function sealedKeyId(sealed: string): string | null {
  const [version, keyId] = sealed.split('.');
  return version === VERSION && keyId ? keyId : null;
}

function deriveCipherKey(shared: Buffer, ephemeralPoint: Buffer, recipientPoint: Buffer): { key: Buffer; nonce: Buffer } {
  const salt = Buffer.concat([ephemeralPoint, recipientPoint]);
  const bytes = Buffer.from(hkdfSync('sha256', shared, salt, 'fairlead seal aes-256-gcm', 44));
  return { key: bytes.subarray(0, 32), nonce: bytes.subarray(32) };
}

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(-POINT_BYTES);
}

function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(publicKey).digest('hex').slice(0, 8);
}
