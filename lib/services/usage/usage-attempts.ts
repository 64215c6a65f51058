import { formatUsd } from '@/lib/kernel/money';
import { type Ctx, requireRight } from '@/lib/services/context';
import { readTimeZone } from '@/lib/services/requests/request-span';
import { Prisma, withOrg } from '@/lib/store';
import type { UsageQuery } from './usage-query';
import { usageSpan } from './usage-span';

/** Attempts of one kind at one target. */
export interface AttemptKind {
  model: string;
  provider: string;
  /** `first` at the target that was chosen first, `retry` there again, `fallback` at another one. */
  kind: 'first' | 'retry' | 'fallback';
  attempts: number;
  /** Those that left nothing behind, so that another attempt or a refusal followed. */
  failures: number;
  provider_cost_usd: string;
  /** Null where nothing is known of it: first attempts that were all there was are not timed apart. */
  mean_duration_ms: number | null;
}

interface Row {
  model_id: string;
  provider_id: string;
  kind: string;
  attempts: bigint;
  failures: bigint;
  cost_nano: bigint;
  duration_ms: bigint;
}

/**
 * Where retries and fallbacks happen: attempts by target and kind, most failures first. Calls that one attempt
 * answered are counted from the roll-ups of all calls, the attempts of all others from their own.
 */
export async function usageAttempts({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Pick<UsageQuery, 'range' | 'from' | 'to' | 'model' | 'provider'>;
}): Promise<{ data: AttemptKind[] }> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, async (tx) => {
    const { span } = usageSpan(input, await readTimeZone(tx, ctx.orgId), Date.now());
    const where = [Prisma.sql`org_id = ${ctx.orgId}`, Prisma.sql`bucket >= ${span.from}`, Prisma.sql`bucket < ${span.to}`];
    if (input.model) where.push(Prisma.sql`model_id IN (${Prisma.join(input.model.split(','))})`);
    if (input.provider) where.push(Prisma.sql`provider_id IN (${Prisma.join(input.provider.split(','))})`);
    const these = Prisma.join(where, ' AND ');
    const rows = await tx.$queryRaw<Row[]>`
      WITH several AS (
        SELECT model_id, provider_id, kind, sum(attempts) AS attempts, sum(failures) AS failures, sum(last) AS last,
          sum(provider_cost_nano) AS cost_nano, sum(duration_ms) AS duration_ms
        FROM attempt_rollup WHERE ${these} GROUP BY 1, 2, 3
      ), calls AS (
        SELECT model_id, provider_id, sum(requests) AS requests, sum(provider_cost_nano) AS cost_nano
        FROM usage_rollup WHERE ${these} AND attempts > 0 AND model_id <> '' GROUP BY 1, 2
      ), ended AS (
        SELECT model_id, provider_id, sum(last) AS last, sum(cost_nano) AS cost_nano FROM several GROUP BY 1, 2
      ), alone AS (
        SELECT model_id, provider_id, c.requests - coalesce(e.last, 0) AS attempts, c.cost_nano - coalesce(e.cost_nano, 0) AS cost_nano
        FROM calls c LEFT JOIN ended e USING (model_id, provider_id)
      )
      SELECT model_id, provider_id, CASE kind WHEN 'primary' THEN 'first' ELSE kind END AS kind, sum(attempts)::bigint AS attempts, sum(failures)::bigint AS failures,
        sum(cost_nano)::bigint AS cost_nano, sum(duration_ms)::bigint AS duration_ms
      FROM (
        SELECT model_id, provider_id, kind, attempts, failures, cost_nano, duration_ms FROM several
        UNION ALL SELECT model_id, provider_id, 'primary', attempts, 0, cost_nano, 0 FROM alone WHERE attempts > 0
      ) a GROUP BY 1, 2, 3 ORDER BY failures DESC, attempts DESC, 1, 2, 3`;
    return { data: rows.map(toAttemptKind) };
  });
}

function toAttemptKind({ model_id, provider_id, kind, attempts, failures, cost_nano, duration_ms }: Row): AttemptKind {
  return {
    model: model_id,
    provider: provider_id,
    kind: kind as AttemptKind['kind'],
    attempts: Number(attempts),
    failures: Number(failures),
    provider_cost_usd: formatUsd(cost_nano),
    mean_duration_ms: kind === 'first' || attempts === 0n ? null : Math.round(Number(duration_ms) / Number(attempts)),
  };
}
