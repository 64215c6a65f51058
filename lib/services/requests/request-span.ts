import { resolveRange, type TimeSpan } from '@/lib/format/time-range';
import type { Tx } from '@/lib/store';
import type { RequestQuery } from './request-filters';

/** The zone in which an organization's days begin; those of the whole installation (null) begin in UTC. */
export async function readTimeZone(tx: Tx, orgId: string | null): Promise<string> {
  if (orgId === null) return 'UTC';
  const org = await tx.organization.findUnique({ where: { id: orgId }, select: { timezone: true } });
  return org?.timezone ?? 'UTC';
}

/** `from` and `to` win over a named range; without either the list reaches back as far as the logs do. */
export function requestSpan(query: Pick<RequestQuery, 'from' | 'to' | 'range'>, timeZone: string, nowMs: number): Partial<TimeSpan> {
  if (query.from || query.to) {
    return { from: query.from ? new Date(query.from) : undefined, to: query.to ? new Date(query.to) : undefined };
  }
  if (!query.range) return {};
  // The end stays open so that a request which arrives while the page is open belongs to it.
  return { from: resolveRange(query.range, nowMs, timeZone).from };
}
