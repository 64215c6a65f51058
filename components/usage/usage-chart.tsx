'use client';

import { useLocale, useTranslations } from 'next-intl';
import { SeriesFigure } from '@/components/charts/series-figure';
import { type Series, topSeries } from '@/components/charts/top-series';
import { Skeleton } from '@/components/ui/skeleton';
import { duration } from '@/lib/format/duration';
import { percent } from '@/lib/format/numbers';
import type { LatencyPoint, UsageLatency, UsageSeries } from '@/lib/query/types';
import type { UsageTab } from '@/lib/query/usage-view';
import { MEASURES } from './measures';

interface UsageChartProps {
  series: UsageSeries;
  latency: UsageLatency | undefined;
  tab: UsageTab;
  caption: string;
}

/** The drawing of the open tab. */
export function UsageChart({ series, latency, tab, caption }: UsageChartProps) {
  const t = useTranslations('usage');
  const locale = useLocale();
  const shared = { buckets: series.buckets, locale, title: t(`titles.${tab}`, { interval: series.interval, group: t(`groups.${series.group}`) }), caption };
  if (tab === 'latency') {
    if (!latency) return <Skeleton className="h-96 rounded-lg" />;
    return (
      <SeriesFigure
        {...shared}
        buckets={latency.buckets}
        kind="lines"
        series={latencySeries(latency, t('chart.firstToken'))}
        format={duration}
        formatAxis={duration}
      />
    );
  }
  if (tab === 'cache') {
    const share = (value: number): string => percent(value, 100, locale);
    return (
      <SeriesFigure
        {...shared}
        kind="lines"
        series={[{ id: 'cache', label: t('chart.cached'), color: 1, values: cacheShares(series) }]}
        format={share}
        formatAxis={share}
      />
    );
  }
  const measure = MEASURES[tab];
  const groups = series.groups.map((group) => ({ id: group.id, label: group.label || t(`none.${series.group}`), values: group.points.map(measure.of) }));
  return (
    <SeriesFigure
      {...shared}
      kind="bars"
      series={topSeries(groups, t('chart.other'))}
      previous={{ label: t('chart.previous'), values: series.previous_points.map(measure.of) }}
      totalLabel={t('chart.total')}
      format={(value) => measure.format(value, locale)}
      formatAxis={(value) => measure.axis(value, locale)}
    />
  );
}

/** A bucket without an answer has no latency, which is not zero. */
function latencySeries(latency: UsageLatency, firstToken: string): Series[] {
  const values = (of: (point: LatencyPoint) => number | null): number[] => latency.points.map((point) => of(point) ?? Number.NaN);
  return [
    { id: 'p50', label: 'p50', color: 1, values: values((point) => point.duration.p50) },
    { id: 'p95', label: 'p95', color: 3, values: values((point) => point.duration.p95) },
    { id: 'p99', label: 'p99', color: 5, values: values((point) => point.duration.p99) },
    { id: 'ttft50', label: `${firstToken} p50`, color: 4, values: values((point) => point.ttft.p50) },
    { id: 'ttft95', label: `${firstToken} p95`, color: 6, values: values((point) => point.ttft.p95) },
  ];
}

function cacheShares(series: UsageSeries): number[] {
  return series.buckets.map((_, at) => {
    const input = series.groups.reduce((sum, group) => sum + (group.points[at]?.input_tokens ?? 0), 0);
    const cached = series.groups.reduce((sum, group) => sum + (group.points[at]?.cached_input_tokens ?? 0), 0);
    return input === 0 ? Number.NaN : (cached / input) * 100;
  });
}
