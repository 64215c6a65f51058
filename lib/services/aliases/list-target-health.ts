import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

/** One breaker as the processes share it. Without a model the whole credential is meant. */
export interface TargetHealthJson {
  id: string;
  provider: string;
  /** Null: the provider takes no credential. */
  credential: { id: string; name: string; last4: string } | null;
  model: string | null;
  /** `half_open`: its pause is over and one probe decides. */
  state: 'closed' | 'open' | 'half_open';
  /** Openings in a row without a success in between. */
  trips: number;
  fault: string;
  message: string;
  opened_at: string | null;
  open_until: string | null;
  updated_at: string;
}

/** Every breaker that is open or was within the last day; the open ones first. */
export async function listTargetHealth(_: { ctx: OperatorCtx }): Promise<TargetHealthJson[]> {
  return asSystem(async (tx) => {
    const rows = await tx.targetHealth.findMany({ where: { OR: [{ state: { not: 'closed' } }, { updatedAt: { gt: new Date(Date.now() - 86_400_000) } }] }, orderBy: [{ updatedAt: 'desc' }] });
    const credentials = new Map((await tx.credential.findMany({ where: { id: { in: rows.map(({ credentialId }) => credentialId) } } })).map((row) => [row.id, row]));
    return rows
      .map((row): TargetHealthJson => {
        const credential = credentials.get(row.credentialId);
        const isOver = row.openUntil !== null && row.openUntil.getTime() <= Date.now();
        return {
          id: row.id,
          provider: row.providerId,
          credential: credential ? { id: credential.id, name: credential.name, last4: credential.last4 } : null,
          model: row.modelId || null,
          state: row.state === 'closed' ? 'closed' : isOver ? 'half_open' : 'open',
          trips: row.trips,
          fault: row.fault,
          message: row.message,
          opened_at: row.openedAt?.toISOString() ?? null,
          open_until: row.openUntil?.toISOString() ?? null,
          updated_at: row.updatedAt.toISOString(),
        };
      })
      .sort((a, b) => Number(a.state === 'closed') - Number(b.state === 'closed'));
  });
}
