import pg from 'pg';
import { privateKeysFrom, SealError, seal, sealedKeyId, unseal } from '@/lib/seal';
import { StartError } from './start-error';

const SETTING = 'seal.check';
const PROBE = 'fairlead seal check';

/**
 * Proves at start that the encryption keys open what this database holds. With a newer key in front, everything sealed to
 * an older one is sealed again, in one transaction; afterwards the older key may be taken out.
 */
export async function checkSeal(url: string, encryptionKeys: readonly string[]): Promise<{ resealed: number }> {
  const keys = privateKeysFrom(encryptionKeys);
  const newest = keys[0];
  if (!newest) throw new StartError('ENCRYPTION_KEY is missing.');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [SETTING, JSON.stringify(seal(newest.publicKey, PROBE))]);
    const { rows } = await client.query<{ value: string }>('SELECT value FROM setting WHERE key = $1 FOR UPDATE', [SETTING]);
    const check = rows[0]?.value ?? '';
    if (open(check) !== PROBE)
      throw new StartError(
        'ENCRYPTION_KEY does not open what this database holds. Start with the key it was made with; to change it, put the new key in front: NEW,OLD.',
      );

    let resealed = 0;
    if (sealedKeyId(check) !== newest.id) {
      const { rows: credentials } = await client.query<{ id: string; sealed: string }>('SELECT id, sealed FROM credential WHERE sealed IS NOT NULL FOR UPDATE');
      for (const { id, sealed } of credentials) {
        const text = open(sealed);
        if (text === null) throw new StartError(`ENCRYPTION_KEY does not open the stored credential ${id}. Add the key it was sealed with.`);
        await client.query('UPDATE credential SET sealed = $2 WHERE id = $1', [id, seal(newest.publicKey, text)]);
        resealed += 1;
      }
      await client.query('UPDATE setting SET value = $2, updated_at = now() WHERE key = $1', [SETTING, JSON.stringify(seal(newest.publicKey, PROBE))]);
    }
    await client.query('COMMIT');
    return { resealed };
  } finally {
    await client.end();
  }

  function open(sealed: string): string | null {
    try {
      return unseal(keys, sealed);
    } catch (error) {
      if (error instanceof SealError) return null;
      throw error;
    }
  }
}
