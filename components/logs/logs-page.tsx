'use client';

import { ScrollText, X } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useLocale, useTranslations } from 'next-intl';
import { useId } from 'react';
import { useHotkeys } from 'react-hotkeys-hook';
import { useShortcutPreference } from '@/components/commands/shortcut-preference';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState, ErrorState, NoMatches } from '@/components/patterns/states';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import { count } from '@/lib/format/numbers';
import { ApiError } from '@/lib/query/fetch-json';
import {
  type FilterChange,
  ignoredTerms,
  isFiltered,
  LOG_RANGES,
  NO_FILTERS,
  REQUEST_PAGE_ROWS,
  REQUEST_STATUS_FILTERS,
  requestParams,
  requestView,
} from '@/lib/query/request-view';
import { useRequestFacets, useRequestHistogram, useRequests } from '@/lib/query/use-requests';
import { ExportMenu } from './export-menu';
import { FilterMenu } from './filter-menu';
import { Histogram } from './histogram';
import { RangeSelect } from './range-select';
import { RequestTable } from './request-table';
import { TableSkeleton } from './table-skeleton';
import { SearchBox } from './search-box';
import { useSteadyRows } from './steady-rows';
import { useRowKeys } from './use-row-keys';
import { ViewsMenu } from './views-menu';

interface LogsPageProps {
  org: string;
  planName: string;
  retentionDays: number;
  /** A first call to copy, for an organization that has made none. */
  curl: string;
}

/** The requests of an organization: search, filters, a histogram, and the list, all of it in the URL. */
export function LogsPage({ org, planName, retentionDays, curl }: LogsPageProps) {
  const t = useTranslations('logs');
  const locale = useLocale();
  const liveId = useId();
  const [view, setView] = useQueryStates(requestView, { history: 'push' });
  const params = requestParams(view);
  const live = view.live && !view.cursor;
  const requests = useRequests(org, { ...params, limit: REQUEST_PAGE_ROWS, cursor: view.cursor }, { live });
  const histogram = useRequestHistogram(org, params, { live });
  const facets = useRequestFacets(org);
  const steady = useSteadyRows(requests.data?.data ?? [], live);
  const rows = useRowKeys<HTMLDivElement>();
  const [shortcuts] = useShortcutPreference();
  useHotkeys('period', () => void setView({ live: !view.live, cursor: null }), { enabled: shortcuts });
  const filtered = isFiltered(view);
  const change = (values: FilterChange): void => {
    void setView({ cursor: null, ...values });
  };
  const ignored = ignoredTerms(view.q ?? '');
  const failed = histogram.data?.bars.reduce((sum, bar) => sum + bar.server_error + bar.client_error, 0) ?? 0;
  const everUsed = facets.data === undefined || facets.data.keys.length > 0;

  return (
    <>
      <PageHeader
        title={t('title')}
        answer={
          histogram.data ? (
            <>
              {t('answer', {
                total: count(histogram.data.total, locale),
                totalCount: histogram.data.total,
                failed: count(failed, locale),
                failedCount: failed,
                range: view.from ? 'custom' : view.range,
              })}
              {locale.startsWith('zh') ? '' : ' '}
              <span className="whitespace-nowrap">{t('retention', { days: retentionDays, plan: planName })}</span>
            </>
          ) : (
            t('retention', { days: retentionDays, plan: planName })
          )
        }
        actions={
          <>
            <ViewsMenu org={org} />
            <ExportMenu org={org} params={params} />
          </>
        }
      >
        <div className="flex flex-wrap items-center gap-2">
          <SearchBox value={view.q ?? ''} onSearch={(q) => change({ q: q === '' ? null : q })} />
          <RangeSelect
            value={view.from || view.to ? 'custom' : view.range}
            options={LOG_RANGES}
            onChange={(range) => void setView({ cursor: null, from: null, to: null, range })}
          />
          <span className="flex h-8 items-center gap-2 pl-1">
            <Switch id={liveId} checked={view.live} onCheckedChange={(on) => void setView({ live: on, cursor: null })} />
            <Label htmlFor={liveId}>{t('live')}</Label>
          </span>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <FilterMenu
            label={t('filters.status')}
            empty={t('filters.none')}
            value={view.status}
            onChange={(status) => change({ status })}
            options={REQUEST_STATUS_FILTERS.map((id) => ({ id, label: t(`filters.statuses.${id}`) }))}
          />
          <FilterMenu
            label={t('filters.model')}
            empty={t('filters.none')}
            value={view.model}
            onChange={(model) => change({ model })}
            options={facets.data?.models ?? []}
          />
          <FilterMenu
            label={t('filters.alias')}
            empty={t('filters.none')}
            value={view.alias}
            onChange={(alias) => change({ alias })}
            options={facets.data?.aliases ?? []}
          />
          <FilterMenu
            label={t('filters.provider')}
            empty={t('filters.none')}
            value={view.provider}
            onChange={(provider) => change({ provider })}
            options={facets.data?.providers ?? []}
          />
          <FilterMenu
            label={t('filters.key')}
            empty={t('filters.none')}
            value={view.key_id}
            onChange={(key_id) => change({ key_id })}
            options={facets.data?.keys ?? []}
          />
          {(['user', 'session', 'tag'] as const).map((name) =>
            view[name] ? (
              <Button
                key={name}
                variant="outline"
                className="border-primary bg-primary-soft text-primary"
                aria-label={t('filters.remove', { filter: `${name}:${view[name]}` })}
                onClick={() => change({ [name]: null })}
              >
                <span className="figures max-w-48 truncate text-sm">{`${name}:${view[name]}`}</span>
                <X aria-hidden />
              </Button>
            ) : null,
          )}
          {(filtered || view.from) && (
            <Button variant="ghost" onClick={() => void setView({ ...NO_FILTERS })}>
              {t('filters.clear')}
            </Button>
          )}
        </div>
      </PageHeader>

      {ignored.length > 0 && (
        <Alert variant="warning" className="mb-4">
          {t('search.ignored', { terms: ignored.join(' ') })}
        </Alert>
      )}

      {histogram.data && histogram.data.total > 0 && (
        <div className="mb-4">
          <Histogram histogram={histogram.data} onPick={(from, to) => change({ from, to })} />
        </div>
      )}

      {results()}
    </>
  );

  function results() {
    if (requests.isError && !requests.data) {
      const error = requests.error instanceof ApiError ? requests.error : null;
      return <ErrorState detail={error?.message} requestId={error?.requestId} onRetry={() => void requests.refetch()} />;
    }
    if (!requests.data) return <TableSkeleton rows={12} />;
    if (steady.rows.length === 0) {
      if (view.cursor) return <NoMatches onClear={() => void setView({ cursor: null })} />;
      if (filtered || view.from || everUsed)
        return (
          <NoMatches
            clear={
              <Button variant="outline" onClick={() => void setView({ ...NO_FILTERS, range: '90d' })}>
                {t('filters.widen')}
              </Button>
            }
          />
        );
      return (
        <EmptyState icon={ScrollText} title={t('empty.title')} why={t('empty.why')}>
          <CodeBlock code={curl} label={t('empty.command')} />
        </EmptyState>
      );
    }
    return (
      <>
        {live && (
          <p role="status" className="mb-2 flex min-h-7 items-center gap-2 text-sm text-muted-foreground">
            <span aria-hidden className="relative flex size-2">
              <span className="absolute inset-0 animate-listen rounded-full bg-success" />
              <span className="relative size-2 rounded-full bg-success" />
            </span>
            {steady.waiting > 0 ? t('liveWaiting', { count: steady.waiting }) : t('liveOn')}
            {steady.waiting > 0 && (
              <Button variant="outline" size="sm" onClick={steady.release}>
                {t('liveShow')}
              </Button>
            )}
          </p>
        )}
        <div ref={rows} {...steady.handlers}>
          <RequestTable org={org} requests={steady.rows} dimmed={requests.isPlaceholderData} />
        </div>
        <nav aria-label={t('pages.label')} className="mt-3 flex items-center justify-between gap-3">
          <span className="text-sm text-muted-foreground">{t('pages.shown', { count: steady.rows.length })}</span>
          <span className="flex gap-2">
            {view.cursor && (
              <Button variant="outline" onClick={() => void setView({ cursor: null })}>
                {t('pages.newest')}
              </Button>
            )}
            <Button
              variant="outline"
              disabled={!requests.data.has_more}
              onClick={() => void setView({ cursor: requests.data?.next_cursor ?? null, live: null })}
            >
              {t('pages.older')}
            </Button>
          </span>
        </nav>
      </>
    );
  }
}
