import type { OperatorCtx } from '@/lib/services/context';
import { newestFirst, type Page, type PageQuery, toPage } from '@/lib/services/management/page';
import { asSystem, type Tx } from '@/lib/store';

/** A management key of the operator, without the key itself. */
export interface OperatorKeyJson {
  id: string;
  name: string;
  kind: 'management';
  prefix: string;
  last4: string;
  /** Null: everything on the operator's side. */
  scopes: string[] | null;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
  created_at: string;
}

type Row = NonNullable<Awaited<ReturnType<Tx['apiKey']['findUnique']>>>;

export function toOperatorKeyJson(row: Row): OperatorKeyJson {
  return {
    id: row.id,
    name: row.name,
    kind: 'management',
    prefix: row.prefix,
    last4: row.last4,
    scopes: row.scopes.length === 0 ? null : row.scopes,
    expires_at: row.expiresAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
  };
}

/** The operator's management keys, newest first. */
export async function listOperatorKeys({ input }: { ctx: OperatorCtx; input: PageQuery }): Promise<Page<OperatorKeyJson>> {
  const rows = await asSystem((tx) => tx.apiKey.findMany({ where: { orgId: null }, ...newestFirst(input) }));
  return toPage(rows, input.limit, toOperatorKeyJson);
}
