import type { Tx } from '@/lib/store';

/** One hour of one provider. */
export interface HealthCell {
  /** ISO, the start of the hour. */
  hour: string;
  attempts: number;
  /** Attempts that ended without an answer, whatever a fallback made of it. */
  failed: number;
}

export interface ProviderHealth {
  id: string;
  label: string;
  adapter: string;
  enabled: boolean;
  /** The last 24 hours, oldest first, gaps filled. */
  hours: HealthCell[];
}

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** Attempts per provider and hour over the last day. A call that the client broke off says nothing about its provider. */
export async function readProviderHealth(tx: Tx): Promise<ProviderHealth[]> {
  const first = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS;
  const providers = await tx.provider.findMany({ orderBy: { createdAt: 'asc' }, select: { id: true, label: true, adapter: true, enabled: true } });
  const rows = await tx.$queryRaw<{ provider_id: string; hour: Date; attempts: bigint; failed: bigint }[]>`
    SELECT provider_id, date_trunc('hour', started_at) AS hour, count(*) AS attempts,
      count(*) FILTER (WHERE outcome NOT IN ('completed', 'truncated', 'cancelled', 'bad_request', 'context_length', 'content_filter')) AS failed
    FROM logs.attempt WHERE day >= ${new Date(first)}::date AND started_at >= ${new Date(first)}
    GROUP BY 1, 2`;
  const found = new Map(rows.map((row) => [`${row.provider_id} ${row.hour.getTime()}`, row]));
  return providers.map(({ label, ...provider }) => ({
    ...provider,
    label: label ?? provider.id,
    hours: Array.from({ length: HOURS }, (_, index) => {
      const at = first + index * HOUR_MS;
      const row = found.get(`${provider.id} ${at}`);
      return { hour: new Date(at).toISOString(), attempts: Number(row?.attempts ?? 0), failed: Number(row?.failed ?? 0) };
    }),
  }));
}
