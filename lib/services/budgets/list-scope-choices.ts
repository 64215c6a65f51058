import { type Ctx, requireRight } from '@/lib/services/context';
import { listModels } from '@/lib/services/models/list-models';
import { withOrg } from '@/lib/store';

export interface ScopeChoice {
  id: string;
  label: string;
}

/** What a budget can be set for: keys and members there are, models that may be called, end users and tags seen lately. */
export interface ScopeChoices {
  keys: ScopeChoice[];
  members: ScopeChoice[];
  models: ScopeChoice[];
  aliases: string[];
  endUsers: string[];
  tags: string[];
}

/** Of how many of the latest calls end users and tags are read. */
const LATEST = 2_000;

export async function listScopeChoices({ ctx }: { ctx: Ctx }): Promise<ScopeChoices> {
  requireRight(ctx, 'budgets:write');
  const { aliases, models } = await listModels({ ctx });
  const callable = [...aliases, ...models].filter(({ availability }) => availability.allowed).map(({ id }) => id);
  return withOrg(ctx.orgId, async (tx) => {
    const keys = await tx.apiKey.findMany({
      where: { orgId: ctx.orgId, kind: 'inference', revokedAt: null, sessionId: null },
      select: { id: true, name: true, last4: true },
      orderBy: { createdAt: 'desc' },
      take: 200,
    });
    const members = await tx.membership.findMany({ where: { orgId: ctx.orgId }, include: { user: { select: { email: true } } }, take: 200 });
    const seen = await tx.$queryRaw<{ kind: 'user' | 'tag'; name: string }[]>`
      WITH latest AS (SELECT user_tag, tags FROM logs.request WHERE org_id = ${ctx.orgId} ORDER BY id DESC LIMIT ${LATEST})
      SELECT DISTINCT 'user' AS kind, user_tag AS name FROM latest WHERE user_tag IS NOT NULL
      UNION SELECT DISTINCT 'tag', t.key || '=' || t.value FROM latest, jsonb_each_text(tags) t WHERE jsonb_typeof(tags) = 'object'
      ORDER BY name LIMIT 200`;
    return {
      keys: keys.map(({ id, name, last4 }) => ({ id, label: `${name} …${last4}` })),
      members: members.map(({ userId, user }) => ({ id: userId, label: user.email })),
      models: callable.map((id) => ({ id, label: id })),
      aliases: aliases.filter(({ availability }) => availability.allowed).map(({ id }) => id),
      endUsers: seen.filter(({ kind }) => kind === 'user').map(({ name }) => name),
      tags: seen.filter(({ kind }) => kind === 'tag').map(({ name }) => name),
    };
  });
}
