'use client';

import { useLocale, useTranslations } from 'next-intl';
import { SeriesFigure } from '@/components/charts/series-figure';
import { duration } from '@/lib/format/duration';
import type { Traffic } from '@/lib/services/operator/read-traffic';

/** How much goes through the gateway, and its own part of the time, apart from what providers take. */
export function TrafficCharts({ traffic }: { traffic: Traffic }) {
  const t = useTranslations('operatorOverview.traffic');
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const most = Math.max(...traffic.perMinute);
  const slowest = Math.max(...traffic.gatewayP99.map((value) => value ?? 0));
  const frame = { buckets: traffic.hours, kind: 'lines', locale } as const;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-2">
      <SeriesFigure
        {...frame}
        title={t('calls')}
        caption={most > 0 ? t('callsCaption', { most: number.format(most) }) : t('nothing')}
        series={[{ id: 'calls', label: t('perMinute'), color: 1, values: traffic.perMinute }]}
        format={(value) => number.format(value)}
        formatAxis={(value) => number.format(value)}
      />
      <SeriesFigure
        {...frame}
        title={t('overhead')}
        caption={slowest > 0 ? t('overheadCaption', { slowest: duration(slowest) }) : t('nothing')}
        series={[
          { id: 'p50', label: 'p50', color: 1, values: traffic.gatewayP50.map((value) => value ?? Number.NaN) },
          { id: 'p99', label: 'p99', color: 2, values: traffic.gatewayP99.map((value) => value ?? Number.NaN) },
        ]}
        format={duration}
        formatAxis={duration}
      />
    </div>
  );
}
