import { z } from 'zod';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

export const ErrorFilterInput = z.object({ days: z.coerce.number().int().min(1).max(31).catch(1).default(1) });

export interface ErrorGroup {
  code: string;
  source: 'gateway' | 'provider';
  provider: string | null;
  model: string | null;
  count: number;
  organizations: number;
  lastAt: string;
  /** The newest message, as its client read it. */
  message: string | null;
  /** The newest request of the group. */
  example: string;
  /** Per slice of the span, oldest first. */
  series: number[];
}

const SLICES = 24;

/** Errors of every organization by code, provider and model, the most frequent first. */
export async function listErrors({ input }: { ctx: OperatorCtx; input: z.output<typeof ErrorFilterInput> }): Promise<ErrorGroup[]> {
  const from = new Date(Date.now() - input.days * 86_400_000);
  const sliceS = (input.days * 86_400) / SLICES;
  const rows = await asSystem(
    (tx) => tx.$queryRaw<{ code: string; source: string | null; provider: string; model: string; count: bigint; organizations: bigint; last_at: Date; message: string | null; example: string; slices: number[] }[]>`
      SELECT error_code AS code, max(error_source) AS source, provider_id AS provider, CASE WHEN model_id = '' THEN requested_model ELSE model_id END AS model,
        count(*) AS count, count(DISTINCT org_id) AS organizations, max(created_at) AS last_at,
        (array_agg(error_message ORDER BY id DESC))[1] AS message, max(id) AS example,
        array_agg(least(${SLICES - 1}, floor(extract(epoch FROM created_at - ${from}) / ${sliceS}))::int) AS slices
      FROM logs.request WHERE day >= ${from}::date AND created_at >= ${from} AND error_code IS NOT NULL AND NOT sample
      GROUP BY 1, 3, 4 ORDER BY count DESC, last_at DESC LIMIT 100`,
  );
  return rows.map((row) => {
    const series = new Array<number>(SLICES).fill(0);
    for (const slice of row.slices) if (slice >= 0) series[slice] = (series[slice] ?? 0) + 1;
    return {
      code: row.code,
      source: row.source === 'provider' ? 'provider' : 'gateway',
      provider: row.provider || null,
      model: row.model || null,
      count: Number(row.count),
      organizations: Number(row.organizations),
      lastAt: row.last_at.toISOString(),
      message: row.message,
      example: row.example,
      series,
    };
  });
}
