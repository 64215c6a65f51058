import { formatUsd } from '@/lib/kernel/money';
import { type Ctx, requireRight } from '@/lib/services/context';
import { readTimeZone } from '@/lib/services/requests/request-span';
import { withOrg } from '@/lib/store';
import type { UsageQuery } from './usage-query';
import { usageSpan } from './usage-span';

/** A call is simple when it says little, gets little back and thinks about nothing. */
const SIMPLE = { inputTokens: 500, outputTokens: 200 };

/** What simple calls a model answered, and what they cost beside the cheapest model that answered such calls too. */
export interface SimpleUsage {
  model: string;
  requests: number;
  cost_usd: string;
  usd_per_million_tokens: string;
  /** How many times the cheapest model's cost per token this is; 1 for that model itself. */
  times_cheapest: number;
}

/**
 * Which simple calls go to dear models: answered calls of at most 500 input and 200 output tokens without reasoning, by
 * model, dearest per token first. Read from the requests, as far back as those are kept; free and demo calls are left out.
 */
export async function usageOfSimpleCalls({ ctx, input }: { ctx: Ctx; input: Pick<UsageQuery, 'range' | 'from' | 'to'> }): Promise<{ data: SimpleUsage[] }> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, async (tx) => {
    const { span } = usageSpan(input, await readTimeZone(tx, ctx.orgId), Date.now());
    const rows = await tx.$queryRaw<{ model_id: string; requests: bigint; cost_nano: bigint; rate_nano: bigint; times: number }[]>`
      WITH simple AS (
        SELECT model_id, count(*) AS requests, sum(cost_nano)::bigint AS cost_nano, (sum(cost_nano) * 1000000 / sum(input_tokens + output_tokens))::bigint AS rate_nano
        FROM logs.request r
        WHERE r.org_id = ${ctx.orgId} AND r.created_at >= ${span.from} AND r.created_at < ${span.to}
          AND r.day BETWEEN ${span.from.toISOString().slice(0, 10)}::date AND ${span.to.toISOString().slice(0, 10)}::date
          AND r.status = 'completed' AND r.cost_nano > 0 AND (r.fund IS DISTINCT FROM 'demo' OR r.sample) AND coalesce(r.reasoning_tokens, 0) = 0
          AND r.input_tokens BETWEEN 1 AND ${SIMPLE.inputTokens} AND r.output_tokens BETWEEN 1 AND ${SIMPLE.outputTokens}
        GROUP BY 1
      )
      SELECT *, (rate_nano::numeric / greatest(min(rate_nano) OVER (), 1))::float8 AS times FROM simple ORDER BY rate_nano DESC, model_id`;
    return {
      data: rows.map(({ model_id, requests, cost_nano, rate_nano, times }) => ({
        model: model_id,
        requests: Number(requests),
        cost_usd: formatUsd(cost_nano),
        usd_per_million_tokens: formatUsd(rate_nano),
        times_cheapest: Math.round(times * 100) / 100,
      })),
    };
  });
}
