import { env } from '@/lib/env';
import { newId } from '@/lib/kernel/ids';
import { seal } from '@/lib/seal';
import { lastFour } from '@/lib/services/config/prepare-config';
import type { Tx } from '@/lib/store';

/** Seals a secret to the gateway and stores it, in the caller's transaction. From here on nobody but the gateway can read it. */
export async function insertCredential(tx: Tx, { providerId, name, secret, weight = 1 }: { providerId: string; name: string; secret: string; weight?: number }): Promise<void> {
  await tx.credential.create({
    data: { id: newId('cred'), providerId, name, sealed: seal(env().sealPublicKey, secret), last4: lastFour(secret), weight, enabled: true },
  });
}
