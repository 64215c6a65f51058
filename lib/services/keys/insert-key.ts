import { generateKey, type KeyKind } from '@/lib/auth/api-key';
import { newId } from '@/lib/kernel/ids';
import { type Ctx, recordAudit } from '@/lib/services/context';
import { bumpVersion, type Tx } from '@/lib/store';

/** The limits a key is made with. Absent: none of its own, the plan's apply. */
export interface NewKeyRow {
  name: string;
  kind?: KeyKind;
  models?: readonly string[] | null;
  /** Of a management key. Null or empty: everything on its side. */
  scopes?: readonly string[] | null;
  budgetNano?: bigint | null;
  budgetPeriod?: string | null;
  rpm?: number | null;
  tpm?: number | null;
  concurrency?: number | null;
  expiresAt?: Date | null;
  allowedIps?: readonly string[] | null;
  tags?: Readonly<Record<string, string>> | null;
  replacesId?: string;
  lineId?: string;
}

/** Writes a new key with its audit row, in the caller's transaction. The answer holds the only copy of the key in clear. */
export async function insertKey(tx: Tx, ctx: Ctx, row: NewKeyRow): Promise<{ id: string; key: string; prefix: string; last4: string }> {
  const kind = row.kind ?? 'inference';
  const { key, hash, prefix, last4 } = generateKey(kind);
  const id = newId('key');
  const limits = {
    allModels: row.models == null,
    models: [...(row.models ?? [])],
    scopes: [...(row.scopes ?? [])],
    budgetNano: row.budgetNano ?? null,
    budgetPeriod: row.budgetNano == null ? null : (row.budgetPeriod ?? 'total'),
    rpm: row.rpm ?? null,
    tpm: row.tpm ?? null,
    concurrency: row.concurrency ?? null,
    expiresAt: row.expiresAt ?? null,
    allowedIps: [...(row.allowedIps ?? [])],
    tags: { ...row.tags },
  };
  const createdById = ctx.actor.type === 'user' ? ctx.actor.id : null;
  await tx.apiKey.create({
    data: {
      id,
      orgId: ctx.orgId,
      name: row.name,
      kind,
      hash,
      prefix,
      last4,
      createdById,
      replacesId: row.replacesId ?? null,
      lineId: row.lineId ?? null,
      ...limits,
    },
  });
  await recordAudit(tx, ctx, {
    action: row.replacesId ? 'key.rotate' : 'key.create',
    targetType: 'key',
    targetId: id,
    after: { name: row.name, kind, last4, replaces: row.replacesId, ...limits, budgetNano: limits.budgetNano?.toString() ?? null },
  });
  await bumpVersion(tx, 'keys');
  return { id, key, prefix, last4 };
}
