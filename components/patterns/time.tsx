'use client';

import { useLocale, useNow, useTimeZone } from 'next-intl';
import { cn } from '@/components/ui/cn';
import { fullTime, logTime, relativeTime } from '@/lib/format/time';

interface TimeProps {
  iso: string;
  /** `relative` ("4 min ago") up to 30 days, then the date; `log` for rows; `full` for headers. */
  format?: 'relative' | 'log' | 'full' | 'date';
  className?: string;
}

const MONTH_MS = 30 * 86_400_000;

/** A moment in the organization's time zone, with the exact instant in UTC on hover. */
export function Time({ iso, format = 'relative', className }: TimeProps) {
  const locale = useLocale();
  const zone = useTimeZone() ?? 'UTC';
  const now = useNow({ updateInterval: 30_000 }).getTime();
  return (
    <time dateTime={iso} title={fullTime(iso, locale, 'UTC')} className={cn('figures whitespace-nowrap', className)}>
      {write()}
    </time>
  );

  /** The page's clock ticks every half minute: what happened since its last tick happened now, not in the future. */
  function clockOf(tick: number): number {
    const ahead = Date.parse(iso) - tick;
    return ahead > 0 && ahead < 60_000 ? Date.parse(iso) : tick;
  }

  function write(): string {
    if (format === 'full') return fullTime(iso, locale, zone);
    if (format === 'log') {
      const { date, time } = logTime(iso, locale, zone);
      return `${date} ${time}`;
    }
    if (format === 'relative' && Math.abs(Date.parse(iso) - now) < MONTH_MS) return relativeTime(iso, clockOf(now), locale);
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone }).format(new Date(iso));
  }
}
