import { previousSpan, resolveRange, type TimeSpan } from '@/lib/format/time-range';
import type { UsageQuery } from './usage-query';

export interface UsageSpan {
  span: TimeSpan;
  previous: TimeSpan;
  interval: 'hour' | 'day';
}

const TWO_DAYS_MS = 2 * 86_400_000;

/** The instants of a usage query, those it is compared with, and whether its bars are hours or days. */
export function usageSpan(query: Pick<UsageQuery, 'range' | 'from' | 'to'>, timeZone: string, nowMs: number): UsageSpan {
  const named = query.from ? null : query.range;
  const span = named ? resolveRange(named, nowMs, timeZone) : { from: new Date(query.from ?? nowMs), to: query.to ? new Date(query.to) : new Date(nowMs) };
  const short = span.to.getTime() - span.from.getTime() <= TWO_DAYS_MS;
  return { span, previous: previousSpan(named, span, timeZone), interval: short && named !== 'month' ? 'hour' : 'day' };
}
