import { Prisma, type Tx } from '@/lib/store';
import type { RatedCall } from './corrected-cost';

/** A settled call with what it was charged so far, its own corrections counted. */
export interface ChargedCall extends RatedCall {
  id: string;
  orgId: string;
  orgSlug: string;
  planId: string | null;
  model: string;
  /** The card it was charged by; null: it had no price. */
  cardId: string | null;
  /** The card of its last correction, else the one it was charged by. */
  ratedBy: string | null;
  charged: bigint;
  legs: { fund: string; account: string; amount: bigint; leg: number }[];
}

interface Row {
  id: string;
  org_id: string;
  slug: string;
  plan_id: string | null;
  model_id: string;
  created_ms: number;
  price_card_id: string | null;
  input_tokens: bigint | null;
  cached_tokens: bigint | null;
  cache_write_tokens: bigint | null;
  output_tokens: bigint | null;
  reasoning_tokens: bigint | null;
  cost_lines: { item: string; tokens: number }[] | null;
  cost_nano: bigint;
  provider_cost_nano: bigint;
  corrected: bigint;
  corrected_by: string | null;
  legs: { fund: string; account: string; amount: string; leg: number }[] | null;
}

/** The next page of calls of a period that were paid for, or should have been, by id. */
export async function readCharged(
  tx: Tx,
  { from, to, orgId, after, limit }: { from: Date; to: Date; orgId: string | null; after: Pick<ChargedCall, 'id'> | null; limit: number },
): Promise<ChargedCall[]> {
  const day = (at: Date) => at.toISOString().slice(0, 10);
  const rows = await tx.$queryRaw<Row[]>`
    WITH page AS (
      SELECT r.* FROM logs.request r
      WHERE r.day BETWEEN ${day(from)}::date AND ${day(to)}::date AND r.created_at >= ${from} AND r.created_at < ${to} AND r.status IN ('completed', 'truncated')
        AND NOT r.sample AND NOT r.simulated AND r.fund IS DISTINCT FROM 'demo' AND r.fund IS DISTINCT FROM 'simulated' AND r.provider_id <> 'demo'
        ${orgId === null ? Prisma.empty : Prisma.sql`AND r.org_id = ${orgId}`} ${after === null ? Prisma.empty : Prisma.sql`AND r.id > ${after.id}`}
      ORDER BY r.id LIMIT ${limit}
    ), charge AS (
      SELECT source_id AS id, jsonb_agg(jsonb_build_object('fund', fund, 'account', debit_account, 'amount', amount_nano::text, 'leg', leg) ORDER BY leg) AS legs
      FROM ledger_entry WHERE source_type = 'request' AND source_id IN (SELECT id FROM page) GROUP BY 1
    ), correction AS (
      SELECT split_part(source_id, '/', 1) AS id, sum(CASE WHEN debit_account = 'revenue' THEN -amount_nano ELSE amount_nano END)::bigint AS amount,
        (array_agg(split_part(source_id, '/', 2) ORDER BY created_at DESC))[1] AS card
      FROM ledger_entry WHERE source_type IN ('rerate', 'rerate_write_off') AND split_part(source_id, '/', 1) IN (SELECT id FROM page) GROUP BY 1
    )
    SELECT p.id, p.org_id, o.slug, o.plan_id, p.model_id, (extract(epoch FROM p.created_at) * 1000)::float8 AS created_ms, p.price_card_id, p.input_tokens, p.cached_tokens,
      p.cache_write_tokens, p.output_tokens, p.reasoning_tokens, p.cost_lines, p.cost_nano, p.provider_cost_nano, coalesce(c.amount, 0) AS corrected, c.card AS corrected_by, g.legs
    FROM page p JOIN organization o ON o.id = p.org_id LEFT JOIN charge g ON g.id = p.id LEFT JOIN correction c ON c.id = p.id ORDER BY p.id`;
  return rows.map(toCall);
}

function toCall(row: Row): ChargedCall {
  return {
    id: row.id,
    orgId: row.org_id,
    orgSlug: row.slug,
    planId: row.plan_id,
    model: row.model_id,
    createdMs: Math.round(row.created_ms),
    cardId: row.price_card_id,
    ratedBy: row.corrected_by ?? row.price_card_id,
    input: Number(row.input_tokens ?? 0),
    cached: Number(row.cached_tokens ?? 0),
    cacheWrite: Number(row.cache_write_tokens ?? 0),
    output: Number(row.output_tokens ?? 0),
    reasoning: row.reasoning_tokens === null ? null : Number(row.reasoning_tokens),
    lines: row.cost_lines ?? [],
    cost: row.cost_nano,
    providerCost: row.provider_cost_nano,
    charged: row.cost_nano + row.corrected,
    legs: (row.legs ?? []).map(({ amount, ...leg }) => ({ ...leg, amount: BigInt(amount) })),
  };
}
