import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Suspense, use } from 'react';
import { Sparkline } from '@/components/charts/sparkline';
import { Skeleton } from '@/components/ui/skeleton';
import { duration } from '@/lib/format/duration';
import type { UsageLatency } from '@/lib/query/types';

/**
 * The slowest answer in twenty of the last week. Percentiles are read from the logs themselves, so this figure comes after
 * the page, in the same answer. Null: they could not be read.
 */
export function LatencyKpi({ org, latency }: { org: string; latency: Promise<UsageLatency | null> }) {
  const t = useTranslations('overview.kpi');
  return (
    <div className="relative grid min-w-0 grid-cols-[minmax(0,1fr)_96px] items-end gap-x-3 bg-surface p-4 transition-colors hover:bg-surface-muted/60">
      <dt className="col-span-2 text-sm text-muted-foreground">
        <Link href={`/${org}/usage?tab=latency&range=7d`} className="after:absolute after:inset-0">
          {t('p95')}
        </Link>
      </dt>
      <Suspense
        fallback={
          <dd className="min-w-0">
            <Skeleton className="h-11 w-24" />
          </dd>
        }
      >
        <Figures latency={latency} />
      </Suspense>
    </div>
  );
}

function Figures({ latency }: { latency: Promise<UsageLatency | null> }) {
  const t = useTranslations('overview.kpi');
  const read = use(latency);
  return (
    <>
      <dd className="min-w-0">
        <span className="figures block truncate text-xl font-medium">{duration(read?.total.duration.p95)}</span>
        <span className="block text-xs text-muted-foreground">{t('median', { time: duration(read?.total.duration.p50) })}</span>
      </dd>
      <dd aria-hidden>
        <Sparkline values={read?.points.map(({ duration: { p95 } }) => p95 ?? 0) ?? []} className="h-9 w-full" />
      </dd>
    </>
  );
}
