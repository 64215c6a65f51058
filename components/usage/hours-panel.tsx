'use client';

import { useLocale, useTranslations } from 'next-intl';
import { ChartFrame } from '@/components/patterns/chart-frame';
import { Skeleton } from '@/components/ui/skeleton';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { usageParams, type UsageTab, type UsageView } from '@/lib/query/usage-view';
import { useUsageHours } from '@/lib/query/use-usage';
import { MEASURES, type Measure } from './measures';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** A Monday; only its weekday is ever written. */
const MONDAY = Date.UTC(2026, 0, 5);

/** When in the week usage happens: one cell for each hour, the darker the more; as a table, the figures themselves. */
export function HoursPanel({ org, view }: { org: string; view: UsageView }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  const hours = useUsageHours(org, usageParams(view));
  if (!hours.data) return <Skeleton className="h-64 rounded-lg" />;
  const measure = measureOf(view.tab);
  const values = new Map(hours.data.data.map((cell) => [`${cell.weekday} ${cell.hour}`, measure.of(cell)]));
  const highest = Math.max(0, ...values.values());
  const at = (weekday: number, hour: number): number => values.get(`${weekday} ${hour}`) ?? 0;
  const dayOf = (weekday: number, length: 'short' | 'long'): string =>
    new Intl.DateTimeFormat(locale, { weekday: length, timeZone: 'UTC' }).format(MONDAY + (weekday - 1) * 86_400_000);
  const [peak] = [...hours.data.data].sort((a, b) => measure.of(b) - measure.of(a));
  const caption = peak
    ? t('hours.peak', {
        day: dayOf(peak.weekday, 'long'),
        hour: `${clock(peak.hour)}–${clock(peak.hour + 1)}`,
        amount: measure.format(measure.of(peak), locale),
        zone: hours.data.time_zone,
      })
    : t('hours.nothing');
  return (
    <ChartFrame
      title={t('hours.title', { measure: t(`tabs.${view.tab === 'latency' || view.tab === 'cache' ? 'requests' : view.tab}`) })}
      caption={caption}
      table={
        <Table aria-label={t('hours.table')} className="text-xs">
          <TableHeader>
            <TableRow>
              <TableHead>{t('hours.hour')}</TableHead>
              {WEEKDAYS.map((weekday) => (
                <TableHead key={weekday} numeric>
                  {dayOf(weekday, 'short')}
                </TableHead>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {HOURS.map((hour) => (
              <TableRow key={hour} className="h-7">
                <TableHead scope="row" className="figures h-7 font-normal text-foreground">
                  {clock(hour)}
                </TableHead>
                {WEEKDAYS.map((weekday) => (
                  <TableCell key={weekday} numeric className="py-0.5">
                    {at(weekday, hour) === 0 ? '—' : measure.format(at(weekday, hour), locale)}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      }
    >
      <div role="img" aria-label={caption} className="grid grid-cols-[auto_repeat(24,minmax(0,1fr))] gap-0.5 text-xs">
        {WEEKDAYS.map((weekday) => (
          <div key={weekday} className="contents">
            <span className="pr-2 leading-6 text-muted-foreground">{dayOf(weekday, 'short')}</span>
            {HOURS.map((hour) => {
              const value = at(weekday, hour);
              return (
                <span
                  key={hour}
                  title={`${dayOf(weekday, 'long')} ${clock(hour)}: ${measure.format(value, locale)}`}
                  className="h-6 rounded-sm bg-surface-muted"
                  style={
                    value > 0 ? { background: `color-mix(in srgb, var(--primary) ${Math.round(12 + (value / highest) * 88)}%, var(--surface))` } : undefined
                  }
                />
              );
            })}
          </div>
        ))}
        <span />
        {HOURS.map((hour) => (
          <span key={hour} className="figures text-muted-foreground">
            {hour % 6 === 0 ? hour : ''}
          </span>
        ))}
      </div>
    </ChartFrame>
  );
}

/** Percentiles and shares cannot be added up over weeks: there the map is of requests. */
function measureOf(tab: UsageTab): Measure {
  return tab === 'latency' || tab === 'cache' ? MEASURES.requests : MEASURES[tab];
}

function clock(hour: number): string {
  return `${String(hour % 24).padStart(2, '0')}:00`;
}
