import { z } from 'zod';
import { generateKey } from '@/lib/auth/api-key';
import { newId } from '@/lib/kernel/ids';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { bumpVersion, withOrg } from '@/lib/store';

/** Long enough for a few questions; the page borrows again by itself. */
const LENT_MS = 10 * 60_000;

export const LendKeyInput = z.object({});

/** A credential of the playground: an inference key that lives minutes and ends with the session that borrowed it. */
export interface LentKey {
  key: string;
  expiresAt: string;
}

/**
 * Lends the browser of a session a key for the playground. One row per session and organization keeps its calls together
 * in logs and usage; borrowing again replaces the secret, so the one before ends within a second. It is the member's key:
 * budgets of the organization and of the member apply.
 */
export async function lendKey({ ctx }: { ctx: Ctx & { user: { id: string; sessionId: string } } }): Promise<LentKey> {
  requireRight(ctx, 'keys:write');
  const { key, hash, prefix, last4 } = generateKey('inference');
  const expiresAt = new Date(Date.now() + LENT_MS);
  await withOrg(ctx.orgId, async (tx) => {
    const { sessionId, id: createdById } = ctx.user;
    const lent = await tx.apiKey.findFirst({ where: { orgId: ctx.orgId, sessionId, createdById, revokedAt: null }, select: { id: true } });
    if (lent) await tx.apiKey.update({ where: { id: lent.id }, data: { hash, last4, expiresAt } });
    else {
      const id = newId('key');
      await tx.apiKey.create({
        data: { id, orgId: ctx.orgId, name: 'Playground', kind: 'inference', hash, prefix, last4, createdById, sessionId, expiresAt, models: [], tags: { feature: 'playground' } },
      });
      await recordAudit(tx, ctx, { action: 'playground.open', targetType: 'key', targetId: id });
    }
    await bumpVersion(tx, 'keys');
  });
  return { key, expiresAt: expiresAt.toISOString() };
}
