import { recordAudit } from '@/lib/services/context';
import { asSystem, bumpVersion } from '@/lib/store';

/** Removes credentials whose overlap after a rotation is over. Their secrets are gone with them. */
export async function retireCredentials(): Promise<void> {
  await asSystem(async (tx) => {
    const over = await tx.credential.findMany({ where: { retiresAt: { lte: new Date() } }, select: { id: true, providerId: true, name: true, last4: true } });
    if (over.length === 0) return;
    await tx.credential.deleteMany({ where: { id: { in: over.map(({ id }) => id) } } });
    for (const { providerId, name, last4 } of over) {
      await recordAudit(tx, { actor: { type: 'system', label: 'rotation' }, operator: true }, { action: 'credential.retire', targetType: 'provider', targetId: providerId, before: { name, last4 } });
    }
    await bumpVersion(tx, 'policy');
  });
}
