import type { Tx } from '@/lib/store';

export const MINUTE_MS = 60_000;

export function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}

/**
 * The minute a row may take: the wanted one, else the nearest later one that has passed, else the nearest earlier one of
 * the same period. One row a minute makes each row provable by Stripe's own sum.
 */
export async function freeMinute(tx: Tx, customerId: string, wantedMs: number, notBeforeMs: number): Promise<Date> {
  const rows = await tx.meterOutbox.findMany({
    where: { customerId, minute: { gte: new Date(Math.max(wantedMs - 86_400_000, 0)) } },
    select: { minute: true },
  });
  const taken = new Set(rows.map(({ minute }) => minute.getTime()));
  for (let ms = wantedMs; ms <= Math.max(minuteOf(Date.now()), wantedMs); ms += MINUTE_MS) if (!taken.has(ms)) return new Date(ms);
  for (let ms = wantedMs - MINUTE_MS; ms >= Math.max(notBeforeMs, wantedMs - 86_400_000); ms -= MINUTE_MS) if (!taken.has(ms)) return new Date(ms);
  throw new Error(`no minute is free for ${customerId} around ${new Date(wantedMs).toISOString()}`);
}
