import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { privateKeysFrom, publicKeyFrom, seal, unseal } from '@/lib/seal';
import { createTestDatabase } from '@/lib/testing/database';
import { checkSeal } from './check-seal';

const { url, query } = await createTestDatabase();
const key = () => randomBytes(32).toString('base64');
const first = key();
const second = key();

describe('the encryption key of an installation', () => {
  it('is tied to the database at the first start', async () => {
    await checkSeal(url, [first]);
    await checkSeal(url, [first]);
    await expect(checkSeal(url, [second])).rejects.toThrow('ENCRYPTION_KEY does not open');
  });

  it('is changed by putting a new one in front; then the old one is not needed', async () => {
    await query(`INSERT INTO provider (id, adapter) VALUES ('p', 'openai-compatible')`);
    await query(`INSERT INTO credential (id, provider_id, name, sealed) VALUES ('c', 'p', 'main', $1)`, [seal(publicKeyFrom(first), 'upstream secret')]);
    expect(await checkSeal(url, [second, first])).toEqual({ resealed: 1 });
    await checkSeal(url, [second]);
    const [row] = await query<{ sealed: string }>(`SELECT sealed FROM credential WHERE id = 'c'`);
    expect(unseal(privateKeysFrom([second]), row?.sealed ?? '')).toBe('upstream secret');
  });
});
