import { describe, expect, it } from 'vitest';
import { hashPassword } from './hash-password';
import { verifyPassword } from './verify-password';

describe('a password', () => {
  it('is kept as argon2id and accepted again, however the keyboard composes it', async () => {
    const stored = await hashPassword('na\u00efve caf\u00e9');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(stored, 'nai\u0308ve cafe\u0301')).toBe(true);
    expect(await verifyPassword(stored, 'naive cafe')).toBe(false);
  });

  it('is never right for an account that does not exist or has no password', async () => {
    expect(await verifyPassword(null, 'anything')).toBe(false);
    expect(await verifyPassword('!', 'anything')).toBe(false);
  });
});
