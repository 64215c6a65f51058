import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { privateKeysFrom, publicKeyFrom, SealError, seal, sealedKeyId, unseal } from './seal';

const encryptionKey = () => randomBytes(32).toString('base64');

describe('a sealed credential', () => {
  const current = encryptionKey();
  const sealed = seal(publicKeyFrom(current), 'upstream-credential-é-😀');

  it('opens with the key it was sealed to', () => {
    expect(unseal(privateKeysFrom([current]), sealed)).toBe('upstream-credential-é-😀');
    expect(unseal(privateKeysFrom([current]), seal(publicKeyFrom(current), ''))).toBe('');
  });

  it('still opens after a newer key was put in front', () => {
    expect(unseal(privateKeysFrom([encryptionKey(), current]), sealed)).toBe('upstream-credential-é-😀');
  });

  it('does not open with another key', () => {
    expect(() => unseal(privateKeysFrom([encryptionKey()]), sealed)).toThrow(SealError);
  });

  it('does not open when a single byte was changed', () => {
    const [version, id, body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let at = 0; at < bytes.length; at += 7) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => unseal(privateKeysFrom([current]), `${version}.${id}.${altered.toString('base64url')}`), `byte ${at}`).toThrow(SealError);
    }
  });

  it('is refused when it is no sealed text at all', () => {
    for (const text of ['', 'sk-plain', 's1.', `s1.${sealedKeyId(sealed)}.AAAA`, `${sealed}.more`]) {
      expect(() => unseal(privateKeysFrom([current]), text), text).toThrow(SealError);
    }
  });

  it('never looks the same twice, and names the key it needs', () => {
    expect(seal(publicKeyFrom(current), 'a')).not.toBe(seal(publicKeyFrom(current), 'a'));
    expect(sealedKeyId(sealed)).toBe(privateKeysFrom([current])[0]?.id);
  });

  it('depends on the encryption key alone, forever: stored credentials rest on it', () => {
    expect(publicKeyFrom(current)).toBe(publicKeyFrom(current));
    expect(publicKeyFrom(Buffer.alloc(32, 7).toString('base64'))).toBe('PkDvivkNLuSaQHaUGopusCaPzAgErDF70iTqS_0jaW0');
  });
});
