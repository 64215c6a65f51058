import { hashKey, parseKey } from '@/lib/auth/api-key';
import { FairleadError } from '@/lib/kernel/errors';
import type { OrgId } from '@/lib/kernel/ids';
import type { Ctx, OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

/** Whose management key it is: one organization's, or the operator's. */
export type ManagementCaller = ({ kind: 'org'; ctx: Ctx } | { kind: 'operator'; ctx: OperatorCtx }) & {
  keyId: string;
  /** What the key is limited to; empty: everything on its side. */
  scopes: readonly string[];
  /** The key in clear. It goes no further than this call. */
  presented: string;
};

/** `last_used_at` is for people; once a minute is enough and keeps reads from becoming writes. */
const TOUCH_EVERY_MS = 60_000;

/**
 * The caller behind `Authorization: Bearer sk-fl-mgmt-…` (or `x-api-key`). Throws `invalid_api_key` for everything
 * else, an inference key included; a mistyped key costs no query.
 */
export async function findManagementCaller(headers: Headers): Promise<ManagementCaller> {
  const presented = /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? headers.get('x-api-key')?.trim();
  if (!presented) throw new FairleadError('invalid_api_key', 'No API key was sent. Send a management key as "Authorization: Bearer sk-fl-mgmt-…".');
  const kind = parseKey(presented);
  if (kind === 'inference') throw new FairleadError('invalid_api_key', 'This is an inference key; the management API takes a management key (sk-fl-mgmt-…).');
  if (kind === null) throw new FairleadError('invalid_api_key');

  const hash = hashKey(presented);
  const now = new Date();
  const row = await asSystem((tx) => tx.apiKey.findUnique({ where: { hash }, include: { org: { select: { suspendedAt: true, plan: { select: { name: true, features: true } } } } } }));
  if (row?.kind !== 'management') throw new FairleadError('invalid_api_key');
  if (row.revokedAt && row.revokedAt <= now) throw new FairleadError('invalid_api_key', 'This API key was revoked.');
  if (row.expiresAt && row.expiresAt <= now) throw new FairleadError('invalid_api_key', 'This API key has expired.');
  if (row.org?.suspendedAt) throw new FairleadError('forbidden', 'This organization is suspended.');
  if (row.org && !row.org.plan.features.includes('management_api')) throw new FairleadError('plan_limit', `The plan ${row.org.plan.name} does not include the management API.`);
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > TOUCH_EVERY_MS) {
    const lastUsedClient = headers.get('user-agent')?.slice(0, 200) ?? null;
    await asSystem((tx) => tx.apiKey.update({ where: { id: row.id }, data: { lastUsedAt: now, lastUsedClient } }));
  }

  const actor = { type: 'key', id: row.id, label: row.name } as const;
  const { scopes } = row;
  const key = { keyId: row.id, scopes, presented };
  return row.orgId === null ? { ...key, kind: 'operator', ctx: { operator: true, actor, scopes } } : { ...key, kind: 'org', ctx: { actor, orgId: row.orgId as OrgId, role: 'admin', scopes } };
}
