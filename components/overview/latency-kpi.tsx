'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Sparkline } from '@/components/charts/sparkline';
import { Skeleton } from '@/components/ui/skeleton';
import { duration } from '@/lib/format/duration';
import { useUsageLatency } from '@/lib/query/use-usage';

/** The slowest answer in twenty of the last week. Percentiles are read from the logs themselves, so this figure comes after the page. */
export function LatencyKpi({ org }: { org: string }) {
  const t = useTranslations('overview.kpi');
  const latency = useUsageLatency(org, { range: '7d', group: 'provider' }, { enabled: true });
  const total = latency.data?.total;
  return (
    <div className="relative grid min-w-0 grid-cols-[minmax(0,1fr)_96px] items-end gap-x-3 bg-surface p-4 transition-colors hover:bg-surface-muted/60">
      <dt className="col-span-2 text-sm text-muted-foreground">
        <Link href={`/${org}/usage?tab=latency&range=7d`} className="after:absolute after:inset-0">
          {t('p95')}
        </Link>
      </dt>
      <dd className="min-w-0">
        {total || latency.isError ? (
          <>
            <span className="figures block truncate text-xl font-medium">{duration(total?.duration.p95)}</span>
            <span className="block text-xs text-muted-foreground">{t('median', { time: duration(total?.duration.p50) })}</span>
          </>
        ) : (
          <Skeleton className="h-11 w-24" />
        )}
      </dd>
      <dd aria-hidden>
        <Sparkline values={latency.data?.points.map(({ duration: { p95 } }) => p95 ?? 0) ?? []} className="h-9 w-full" />
      </dd>
    </div>
  );
}
