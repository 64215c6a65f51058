'use client';

import { ChartColumn, Download, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { useLocale, useTranslations } from 'next-intl';
import { RangeSelect } from '@/components/logs/range-select';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState, ErrorState, NoMatches, PageSkeleton } from '@/components/patterns/states';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { ApiError, queryString } from '@/lib/query/fetch-json';
import { USAGE_GROUPS, USAGE_RANGES, USAGE_TABS, type UsageTab, usageParams, usageView } from '@/lib/query/usage-view';
import { useUsageLatency, useUsageSeries } from '@/lib/query/use-usage';
import { Questions } from './questions';
import { usageAnswer, usageCaption } from './usage-caption';
import { UsageChart } from './usage-chart';
import { UsagePivot } from './usage-pivot';

/** Below the fold, or asked for by a question: loaded when they are shown. */
const HoursPanel = dynamic(() => import('./hours-panel').then((module) => module.HoursPanel), {
  ssr: false,
  loading: () => <Skeleton className="h-64 rounded-lg" />,
});
const RetriesPanel = dynamic(() => import('./retries-panel').then((module) => module.RetriesPanel), { ssr: false });
const SimplePanel = dynamic(() => import('./simple-panel').then((module) => module.SimplePanel), { ssr: false });
const ErrorsPanel = dynamic(() => import('./errors-panel').then((module) => module.ErrorsPanel), { ssr: false });

const FILTERS = ['model', 'alias', 'provider', 'key_id', 'member', 'tag', 'user'] as const;

/** What was spent, on what, and compared with before: six views of the same sums. */
export function UsagePage({ org, curl }: { org: string; curl: string }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  const [view, setView] = useQueryStates(usageView, { history: 'push' });
  const params = usageParams(view);
  const usage = useUsageSeries(org, params);
  const latency = useUsageLatency(org, params, { enabled: view.tab === 'latency' });
  const series = usage.data;
  const filters = FILTERS.filter((name) => view[name]);
  const clear = (): void =>
    void setView({
      model: null,
      alias: null,
      provider: null,
      key_id: null,
      member: null,
      tag: null,
      user: null,
      range: null,
      from: null,
      to: null,
      show: null,
    });

  return (
    <Tabs value={view.tab} onValueChange={(tab) => void setView({ tab: tab as UsageTab, show: null })}>
      <PageHeader
        title={t('title')}
        answer={series && usageAnswer(t, locale, series, view.from ? 'custom' : view.range)}
        actions={
          <>
            <RangeSelect value={view.from ? 'custom' : view.range} options={USAGE_RANGES} onChange={(range) => void setView({ range, from: null, to: null })} />
            <Button asChild variant="outline">
              <a href={`/api/console/${org}/usage/export${queryString(params)}`} download>
                <Download aria-hidden />
                {t('export')}
              </a>
            </Button>
          </>
        }
      >
        <Questions view={view} onAsk={(answer) => void setView(answer)} />
        <TabsList aria-label={t('tabs.label')}>
          {USAGE_TABS.map((tab) => (
            <TabsTrigger key={tab} value={tab}>
              {t(`tabs.${tab}`)}
            </TabsTrigger>
          ))}
        </TabsList>
        <div className="flex flex-wrap items-center gap-2">
          <div role="group" aria-label={t('groupBy')} className="inline-flex flex-wrap items-center gap-0.5 rounded-md bg-surface-muted p-0.5">
            <span aria-hidden className="px-2 text-sm text-muted-foreground">
              {t('groupBy')}
            </span>
            {USAGE_GROUPS.map((group) => (
              <button
                key={group}
                type="button"
                aria-pressed={view.group === group}
                onClick={() => void setView({ group, show: null })}
                className={cn(
                  'h-7 rounded-sm px-2.5 text-sm font-medium capitalize transition-colors',
                  view.group === group ? 'bg-surface text-foreground hairline' : 'text-muted-foreground hover:text-foreground',
                )}
              >
                {t(`groups.${group}`)}
              </button>
            ))}
          </div>
          {filters.map((name) => (
            <Button
              key={name}
              variant="outline"
              className="border-primary bg-primary-soft text-primary"
              aria-label={t('removeFilter', { filter: `${name}:${view[name]}` })}
              onClick={() => void setView({ [name]: null })}
            >
              <span className="figures max-w-56 truncate text-sm">{`${name}:${view[name]}`}</span>
              <X aria-hidden />
            </Button>
          ))}
        </div>
      </PageHeader>
      <TabsContent value={view.tab} className="pt-0">
        {panel()}
      </TabsContent>
    </Tabs>
  );

  function panel() {
    if (!series) {
      if (!usage.isError) return <PageSkeleton rows={8} cards={1} />;
      return (
        <ErrorState
          detail={usage.error.message}
          requestId={usage.error instanceof ApiError ? usage.error.requestId : null}
          onRetry={() => void usage.refetch()}
        />
      );
    }
    if (series.groups.length === 0) {
      if (series.totals.requests > 0 && (series.group === 'tag' || series.group === 'end_user'))
        return (
          <EmptyState icon={ChartColumn} title={t(`unlabelled.${series.group}.title`)} why={t(`unlabelled.${series.group}.why`)}>
            <CodeBlock
              code={series.group === 'tag' ? 'x-fairlead-tags: feature=search, team=growth' : 'x-fairlead-user: user-4711'}
              label={t('unlabelled.command')}
            />
          </EmptyState>
        );
      if (filters.length > 0 || series.previous.requests > 0) return <NoMatches onClear={clear} />;
      return (
        <EmptyState icon={ChartColumn} title={t('empty.title')} why={t('empty.why')}>
          <CodeBlock code={curl} label={t('empty.command')} />
        </EmptyState>
      );
    }
    return (
      <div className={cn('grid grid-cols-[minmax(0,1fr)] gap-4', usage.isPlaceholderData && 'opacity-60 transition-opacity')}>
        <UsageChart series={series} latency={latency.data} tab={view.tab} caption={usageCaption(t, locale, view.tab, series, latency.data)} />
        {view.show === 'retries' && <RetriesPanel org={org} view={view} series={series} />}
        {view.show === 'simple' && <SimplePanel org={org} view={view} series={series} />}
        <UsagePivot org={org} series={series} view={view} latency={latency.data} />
        {view.tab === 'errors' && <ErrorsPanel org={org} view={view} series={series} />}
        <HoursPanel org={org} view={view} />
        <p className="text-xs text-muted-foreground">{t(view.tab === 'latency' ? 'latencyNote' : 'note', { zone: series.time_zone })}</p>
      </div>
    );
  }
}
