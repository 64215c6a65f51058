import { type CompiledCard, compileCard } from '@/lib/catalog';
import { cardAt, percentToPpm } from '@/lib/policy';
import type { Tx } from '@/lib/store';

/** Every price card there ever was, and the markups plans have today. */
export interface RateBook {
  byId(id: string): CompiledCard | null;
  /** The card that is in force for a moment, as things stand today. Null: unpriced. */
  at(model: string, orgId: string, atMs: number): CompiledCard | null;
  /** Of one plan first, then of all others, and none. */
  markupsOf(planId: string | null): bigint[];
}

export async function readCards(tx: Tx): Promise<RateBook> {
  const rows = await tx.$queryRaw<(Record<string, unknown> & { id: string; model_id: string; org_id: string | null; effective_ms: string })[]>`
    SELECT *, (extract(epoch from effective_from) * 1000)::bigint::text AS effective_ms FROM price_card ORDER BY effective_from DESC, created_at DESC`;
  const byId = new Map<string, CompiledCard>();
  const byModel = new Map<string, { card: CompiledCard; orgId: string | null; effectiveFromMs: number }[]>();
  for (const row of rows) {
    const card = compileCard(row as unknown as Parameters<typeof compileCard>[0]);
    byId.set(row.id, card);
    const entry = { card, orgId: row.org_id, effectiveFromMs: Number(row.effective_ms) };
    const list = byModel.get(row.model_id);
    if (list) list.push(entry);
    else byModel.set(row.model_id, [entry]);
  }
  const setting = await tx.setting.findUnique({ where: { key: 'markupPercent' } });
  const usual = percentToPpm(String(setting?.value ?? '0'));
  const plans = await tx.$queryRaw<{ id: string; markup: string | null }[]>`SELECT id, markup_percent::text AS markup FROM plan`;
  const markups = new Map(plans.map(({ id, markup }) => [id, markup === null ? usual : percentToPpm(markup)]));
  return {
    byId: (id) => byId.get(id) ?? null,
    at: (model, orgId, atMs) => cardAt(byModel.get(model) ?? [], orgId, atMs),
    markupsOf: (planId) => [...new Set([markups.get(planId ?? '') ?? usual, ...markups.values(), usual, 0n])],
  };
}
