import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Sparkline } from '@/components/charts/sparkline';
import { moneyShort, moneyToNumber } from '@/lib/format/money';
import { change, count, countShort, percent } from '@/lib/format/numbers';
import type { UsageLatency, UsageSeries, UsageSums } from '@/lib/query/types';
import { LatencyKpi } from './latency-kpi';

/** Six figures, five of them of the last thirty days, each with its way there and its change against the thirty before. */
export function KpiRow({ org, usage, latency }: { org: string; usage: UsageSeries; latency: Promise<UsageLatency | null> }) {
  const t = useTranslations('overview.kpi');
  const locale = useLocale();
  const { totals, previous } = usage;
  const daily = (of: (sums: UsageSums) => number): number[] =>
    usage.buckets.map((_, at) => usage.groups.reduce((sum, group) => sum + (group.points[at] ? of(group.points[at]) : 0), 0));
  const tokens = (sums: UsageSums): number => sums.input_tokens + sums.output_tokens;
  const errorShare = (sums: UsageSums): number => (sums.requests > 0 ? sums.errors / sums.requests : 0);
  const cachedShare = (sums: UsageSums): number => (sums.input_tokens > 0 ? sums.cached_input_tokens / sums.input_tokens : 0);
  const kpis = [
    {
      name: 'spend',
      value: moneyShort(totals.cost_usd),
      moved: change(moneyToNumber(totals.cost_usd), moneyToNumber(previous.cost_usd), locale),
      values: daily((sums) => moneyToNumber(sums.cost_usd)),
      href: 'usage',
    },
    {
      name: 'requests',
      value: count(totals.requests, locale),
      moved: change(totals.requests, previous.requests, locale),
      values: daily((sums) => sums.requests),
      href: 'usage?tab=requests',
    },
    {
      name: 'tokens',
      value: countShort(tokens(totals), locale),
      moved: change(tokens(totals), tokens(previous), locale),
      values: daily(tokens),
      href: 'usage?tab=tokens',
    },
    {
      name: 'errors',
      value: percent(totals.errors, totals.requests, locale),
      moved: change(errorShare(totals), errorShare(previous), locale),
      values: daily((sums) => sums.errors),
      href: 'usage?tab=errors',
    },
    {
      name: 'cache',
      value: percent(totals.cached_input_tokens, totals.input_tokens, locale),
      moved: change(cachedShare(totals), cachedShare(previous), locale),
      values: daily((sums) => sums.cached_input_tokens),
      href: 'usage?tab=cache',
    },
  ] as const;
  return (
    <dl className="grid grid-cols-1 gap-px overflow-hidden rounded-lg border bg-border xs:grid-cols-2 lg:grid-cols-3">
      {kpis.map((kpi) => (
        <div
          key={kpi.name}
          className="relative grid min-w-0 grid-cols-[minmax(0,1fr)_96px] items-end gap-x-3 bg-surface p-4 transition-colors hover:bg-surface-muted/60"
        >
          <dt className="col-span-2 text-sm text-muted-foreground">
            <Link href={`/${org}/${kpi.href}`} className="after:absolute after:inset-0">
              {t(kpi.name)}
            </Link>
          </dt>
          <dd className="min-w-0">
            <span className="figures block truncate text-xl font-medium">{kpi.value}</span>
            <span className="block text-xs text-muted-foreground">{kpi.moved === null ? t('noPrevious') : t('moved', { moved: kpi.moved })}</span>
          </dd>
          <dd aria-hidden>
            <Sparkline values={kpi.values} className="h-9 w-full" />
          </dd>
        </div>
      ))}
      <LatencyKpi org={org} latency={latency} />
    </dl>
  );
}
