import { TZDate } from '@date-fns/tz';
import { addDays, addMonths, startOfDay, startOfMonth } from 'date-fns';

/** The ranges a view offers by name; `from`/`to` in the URL override them. */
export const RANGES = ['1h', '24h', '7d', '30d', '90d', 'month'] as const;
export type RangeName = (typeof RANGES)[number];

export interface TimeSpan {
  from: Date;
  to: Date;
}

const DAYS = { '7d': 7, '30d': 30, '90d': 90 } as const;
const HOUR_MS = 3_600_000;

/**
 * A named range as instants. Ranges of days begin at midnight in the organization's time zone and include today, so
 * a week is seven bars; shorter ones end now.
 */
export function resolveRange(range: RangeName, nowMs: number, timeZone: string): TimeSpan {
  const to = new Date(nowMs);
  if (range === '1h') return { from: new Date(nowMs - HOUR_MS), to };
  if (range === '24h') return { from: new Date(Math.floor(nowMs / HOUR_MS) * HOUR_MS - 23 * HOUR_MS), to };
  const local = new TZDate(nowMs, timeZone);
  const from = range === 'month' ? startOfMonth(local) : addDays(startOfDay(local), 1 - DAYS[range]);
  return { from: new Date(from.getTime()), to };
}

/** The span of equal length before this one, on the same clock times, so that a half day is compared with a half day. */
export function previousSpan(range: RangeName | null, span: TimeSpan, timeZone: string): TimeSpan {
  const shift = (at: Date): Date => {
    const local = new TZDate(at.getTime(), timeZone);
    if (range === 'month') return new Date(addMonths(local, -1).getTime());
    if (range && range in DAYS) return new Date(addDays(local, -DAYS[range as keyof typeof DAYS]).getTime());
    return new Date(at.getTime() - (span.to.getTime() - span.from.getTime()));
  };
  if (range === '24h' || range === '1h') {
    const length = range === '24h' ? 24 * HOUR_MS : HOUR_MS;
    return { from: new Date(span.from.getTime() - length), to: new Date(span.to.getTime() - length) };
  }
  return { from: shift(span.from), to: shift(span.to) };
}

/** Local bucket names from `from` up to `to`: "2026-11-25" by day, "2026-11-25T14" by hour. A repeated hour of a clock change counts once. */
export function bucketNames(span: TimeSpan, interval: 'hour' | 'day', timeZone: string): string[] {
  const names: string[] = [];
  let at = new TZDate(span.from.getTime(), timeZone);
  if (interval === 'day') at = startOfDay(at) as TZDate;
  while (at.getTime() < span.to.getTime()) {
    const name = bucketName(at, interval);
    if (names.at(-1) !== name) names.push(name);
    at = interval === 'day' ? (addDays(at, 1) as TZDate) : new TZDate(at.getTime() + HOUR_MS, timeZone);
  }
  return names;
}

function bucketName(at: TZDate, interval: 'hour' | 'day'): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return interval === 'day' ? day : `${day}T${two(at.getHours())}`;
}
