import { z } from 'zod';
import { formatUsd } from '@/lib/kernel/money';
import type { CanaryItem } from '@/lib/services/config/items';
import type { OperatorCtx } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem } from '@/lib/store';
import { getAliasRow } from './read-alias';

export const CompareTargetsSchema = z.strictObject({ name: z.string(), hours: z.number().positive().max(24 * 31).optional() });

/** How one target of an alias did, beside the others. */
export interface TargetComparison {
  model: string;
  provider: string;
  /** Whether it is the one on trial. */
  canary: boolean;
  attempts: number;
  /** Share of all attempts of the alias, 0 to 1. */
  share: number;
  failed: number;
  /** Failed attempts of all attempts, 0 to 1. */
  error_rate: number;
  ttft_p50_ms: number | null;
  duration_p50_ms: number | null;
  duration_p95_ms: number | null;
  input_tokens: number;
  output_tokens: number;
  /** What the provider charged, in all and for one answered call. */
  cost_usd: string;
  cost_per_call_usd: string | null;
}

interface Row {
  model_id: string;
  provider_id: string;
  attempts: bigint;
  failed: bigint;
  ttft: number | null;
  p50: number | null;
  p95: number | null;
  input: bigint | null;
  output: bigint | null;
  cost: bigint | null;
}

/** Error rate, latency and cost of each target over the last hours (24 unless said), busiest first. */
export async function compareTargets({ input }: { ctx: OperatorCtx; input: z.input<typeof CompareTargetsSchema> }): Promise<TargetComparison[]> {
  const { name, hours = 24 } = parseInput(CompareTargetsSchema, input);
  return asSystem(async (tx) => {
    const alias = await getAliasRow(tx, name);
    const since = new Date(Date.now() - hours * 3_600_000);
    const rows = await tx.$queryRaw<Row[]>`
      SELECT a.model_id, max(a.provider_id) AS provider_id, count(*) AS attempts, count(*) FILTER (WHERE a.outcome NOT IN ('completed', 'truncated')) AS failed,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY a.ttft_ms) AS ttft,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY a.duration_ms) FILTER (WHERE a.outcome = 'completed') AS p50,
        percentile_cont(0.95) WITHIN GROUP (ORDER BY a.duration_ms) FILTER (WHERE a.outcome = 'completed') AS p95,
        sum(a.input_tokens)::bigint AS input, sum(a.output_tokens)::bigint AS output, sum(a.cost_nano)::bigint AS cost
      FROM logs.request r JOIN logs.attempt a ON a.class = r.class AND a.day = r.day AND a.request_id = r.id
      WHERE r.alias = ${name} AND r.day >= ${since}::date AND r.created_at >= ${since} AND a.day >= ${since}::date
      GROUP BY a.model_id ORDER BY attempts DESC, a.model_id`;
    const all = rows.reduce((sum, row) => sum + Number(row.attempts), 0);
    const canary = (alias.canary as CanaryItem | null)?.model;
    return rows.map((row) => toComparison(row, all, canary));
  });
}

function toComparison(row: Row, all: number, canary: string | undefined): TargetComparison {
  const attempts = Number(row.attempts);
  const failed = Number(row.failed);
  const cost = row.cost ?? 0n;
  return {
    model: row.model_id,
    provider: row.provider_id,
    canary: row.model_id === canary,
    attempts,
    share: all === 0 ? 0 : attempts / all,
    failed,
    error_rate: attempts === 0 ? 0 : failed / attempts,
    ttft_p50_ms: row.ttft,
    duration_p50_ms: row.p50,
    duration_p95_ms: row.p95,
    input_tokens: Number(row.input ?? 0n),
    output_tokens: Number(row.output ?? 0n),
    cost_usd: formatUsd(cost),
    cost_per_call_usd: attempts > failed ? formatUsd(cost / BigInt(attempts - failed)) : null,
  };
}
