import { asSystem } from '@/lib/store';

const MAX_ENTRIES = 10_000;

/**
 * All that is kept about a person as JSON: the account, its organizations, sessions, keys and accepted texts, and what
 * they did. Calls belong to organizations and are exported from their logs. No secret is in it, hashed or not.
 */
export async function* exportOwnData({ userId }: { userId: string }): AsyncGenerator<string> {
  const data = await asSystem(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { id: true, email: true, name: true, locale: true, isOperator: true, emailVerifiedAt: true, createdAt: true, twoFactor: { select: { confirmedAt: true } } },
    });
    return {
      account: user,
      organizations: await tx.membership.findMany({ where: { userId }, select: { role: true, createdAt: true, org: { select: { id: true, slug: true, name: true } } } }),
      sessions: await tx.session.findMany({ where: { userId }, select: { id: true, address: true, client: true, createdAt: true, seenAt: true, endedAt: true } }),
      keys: await tx.apiKey.findMany({
        where: { createdById: userId, sessionId: null },
        select: { id: true, orgId: true, name: true, last4: true, createdAt: true, lastUsedAt: true, lastUsedClient: true, revokedAt: true },
      }),
      acceptedTexts: await tx.legalAcceptance.findMany({ where: { userId }, select: { version: true, termsUrl: true, privacyUrl: true, acceptedAt: true } }),
      actions: await tx.auditEntry.findMany({
        where: { actorType: 'user', actorId: userId },
        select: { createdAt: true, orgId: true, action: true, targetType: true, targetId: true },
        orderBy: { createdAt: 'desc' },
        take: MAX_ENTRIES,
      }),
    };
  });
  yield `${JSON.stringify(data, null, 2)}\n`;
}
