import { formatUsd } from '@/lib/kernel/money';
import type { Tx } from '@/lib/store';

/** What an operator should look at, each with where. */
export type Attention =
  | { kind: 'unpriced'; count: number; names: string[] }
  | { kind: 'no_credential'; providers: string[] }
  | { kind: 'failed_test'; providers: string[] }
  | { kind: 'retiring_models'; names: string[] }
  | { kind: 'retiring_credentials'; count: number }
  | { kind: 'out_of_balance'; providers: string[] }
  | { kind: 'refused_key'; providers: string[] }
  | { kind: 'spikes'; names: string[] }
  | { kind: 'write_offs'; count: number; usd: string }
  | { kind: 'failed_jobs'; names: string[] };

const DAY_MS = 86_400_000;
/** How long before its last day a model is worth a word. */
const NOTICE_MS = 30 * DAY_MS;
/** What an hour must cost before it can be a spike: five dollars of provider cost. */
const SPIKE_FLOOR = 5_000_000_000n;

/** Trouble that nobody called about yet: models without a price, providers without a key, money written off. */
export async function readAttention(tx: Tx): Promise<Attention[]> {
  const found: Attention[] = [];
  const models = await tx.model.findMany({ where: { enabled: true }, select: { id: true, retiresAt: true, _count: { select: { cards: { where: { orgId: null } } } } }, orderBy: { id: 'asc' } });
  const unpriced = models.filter(({ _count }) => _count.cards === 0).map(({ id }) => id);
  if (unpriced.length > 0) found.push({ kind: 'unpriced', count: unpriced.length, names: unpriced.slice(0, 5) });
  const retiring = models.filter(({ retiresAt }) => retiresAt !== null && retiresAt.getTime() < Date.now() + NOTICE_MS).map(({ id }) => id);
  if (retiring.length > 0) found.push({ kind: 'retiring_models', names: retiring.slice(0, 5) });

  const providers = await tx.provider.findMany({ where: { enabled: true, adapter: { not: 'demo' } }, include: { credentials: true }, orderBy: { id: 'asc' } });
  const bare = providers.filter(({ credentials }) => credentials.length > 0 && !credentials.some(({ enabled, sealed }) => enabled && sealed !== null)).map(({ id }) => id);
  if (bare.length > 0) found.push({ kind: 'no_credential', providers: bare });
  const failed = providers.filter(({ credentials }) => credentials.some(({ enabled, testedAt, lastTest }) => enabled && testedAt !== null && (lastTest as { ok?: boolean } | null)?.ok === false)).map(({ id }) => id);
  if (failed.length > 0) found.push({ kind: 'failed_test', providers: failed });
  const ending = providers.flatMap(({ credentials }) => credentials.filter(({ retiresAt }) => retiresAt !== null)).length;
  if (ending > 0) found.push({ kind: 'retiring_credentials', count: ending });

  for (const [kind, outcome] of [
    ['out_of_balance', 'quota_exhausted'],
    ['refused_key', 'auth'],
  ] as const) {
    const names = await readRefusing(tx, outcome);
    if (names.length > 0) found.push({ kind, providers: names });
  }
  const spikes = await readSpikes(tx);
  if (spikes.length > 0) found.push({ kind: 'spikes', names: spikes });

  const writeOffs = await tx.ledgerEntry.aggregate({ where: { kind: 'write_off', createdAt: { gt: new Date(Date.now() - 30 * DAY_MS) } }, _count: true, _sum: { amountNano: true } });
  if (writeOffs._count > 0) found.push({ kind: 'write_offs', count: writeOffs._count, usd: formatUsd(writeOffs._sum.amountNano ?? 0n) });
  const jobs = await tx.jobRun.findMany({ where: { error: { not: null } }, select: { name: true }, orderBy: { name: 'asc' } });
  if (jobs.length > 0) found.push({ kind: 'failed_jobs', names: jobs.map(({ name }) => name) });
  return found;
}

/** Providers whose last word of the day to one of our keys was this refusal: `provider …last4`. */
async function readRefusing(tx: Tx, outcome: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT provider_id || ' …' || credential_last4 AS name
    FROM logs.attempt WHERE day >= (now() - interval '24 hours')::date AND started_at > now() - interval '24 hours' AND outcome IN ('completed', ${outcome})
    GROUP BY provider_id, credential_last4
    HAVING max(started_at) FILTER (WHERE outcome = ${outcome}) > coalesce(max(started_at) FILTER (WHERE outcome = 'completed'), '-infinity')
    ORDER BY 1`;
  return rows.map(({ name }) => name);
}

/** Organizations that cost ten times their usual hour (of the seven days before) since the hour before this one began, and at least five dollars. */
async function readSpikes(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ slug: string }[]>`
    WITH recent AS (
      SELECT org_id, sum(provider_cost_nano) AS cost FROM usage_rollup WHERE bucket >= date_trunc('hour', now()) - interval '1 hour' GROUP BY 1 HAVING sum(provider_cost_nano) >= ${SPIKE_FLOOR}),
    usual AS (
      SELECT org_id, sum(provider_cost_nano) / (7 * 24) AS cost FROM usage_rollup
      WHERE bucket >= now() - interval '7 days' AND bucket < date_trunc('hour', now()) - interval '1 hour' AND org_id IN (SELECT org_id FROM recent) GROUP BY 1)
    SELECT o.slug FROM recent JOIN organization o ON o.id = recent.org_id LEFT JOIN usual USING (org_id)
    WHERE recent.cost > 10 * coalesce(usual.cost, 0) ORDER BY recent.cost DESC LIMIT 5`;
  return rows.map(({ slug }) => slug);
}
