'use client';

import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { useLocale, useTranslations } from 'next-intl';
import { useId, useRef, useState } from 'react';
import { PageHeader } from '@/components/patterns/page-header';
import { Alert } from '@/components/ui/alert';
import { Label } from '@/components/ui/label';
import { Skeleton } from '@/components/ui/skeleton';
import { Switch } from '@/components/ui/switch';
import { count } from '@/lib/format/numbers';
import {
  countParams,
  type FilterChange,
  ignoredTerms,
  isFiltered,
  LOG_RANGES,
  NO_FILTERS,
  REQUEST_PAGE_ROWS,
  requestParams,
  requestView,
} from '@/lib/query/request-view';
import { useRequestHistogram, useRequests } from '@/lib/query/use-requests';
import { ColumnsMenu } from './columns-menu';
import { ExportMenu } from './export-menu';
import { FilterChips } from './filter-chips';
import { FilterRail } from './filter-rail';
import { LogsResults } from './logs-results';
import { RangeSelect } from './range-select';
import { SearchBox } from './search-box';
import { useSteadyRows } from './steady-rows';
import { useColumns } from './use-columns';
import { type SharedViews, ViewsMenu } from './views-menu';

/** Waits for its own figures in any case. */
const Histogram = dynamic(() => import('./histogram').then((module) => module.Histogram), {
  ssr: false,
  loading: () => <Skeleton className="h-19 rounded-md" />,
});
/** The keys bring a library, which comes after everything that is drawn. */
const RowKeys = dynamic(() => import('./row-keys'), { ssr: false });
/** Loaded with the first look at a row. */
const RequestPeek = dynamic(() => import('./request-peek').then((module) => module.RequestPeek), { ssr: false });
/** Loaded with the first ticked row. */
const SelectionBar = dynamic(() => import('./selection-bar').then((module) => module.SelectionBar), { ssr: false });

interface LogsPageProps {
  org: string;
  planName: string;
  retentionDays: number;
  /** Whether the organization ever called anything. */
  used: boolean;
  /** What keys and providers are called, by id. */
  names: Record<string, string>;
  /** A first call to copy, for an organization that has made none. */
  curl: string;
  shared: SharedViews;
}

/** The requests of an organization: search, filters with counts, a histogram, and the list, all of it in the URL. */
export function LogsPage({ org, planName, retentionDays, used, names, curl, shared }: LogsPageProps) {
  const t = useTranslations('logs');
  const locale = useLocale();
  const liveId = useId();
  const [view, setView] = useQueryStates(requestView, { history: 'push' });
  const params = requestParams(view);
  const live = view.live && !view.cursor && view.sort === 'newest';
  const requests = useRequests(org, { ...params, limit: REQUEST_PAGE_ROWS, cursor: view.cursor }, { live });
  // What counts rows waits for the rows themselves: they are what the reader looks at first.
  const settled = requests.data !== undefined && !requests.isPlaceholderData;
  const histogram = useRequestHistogram(org, countParams(view), { live, enabled: settled });
  const steady = useSteadyRows(requests.data?.data ?? [], live);
  const { columns, choose } = useColumns(view.cols, (cols) => void setView({ cols }, { history: 'replace' }));
  const [selected, setSelected] = useState<readonly string[]>([]);
  const look = (id: string | null): void => void setView({ peek: id }, { history: 'replace' });
  const toggle = (id: string): void => setSelected((before) => (before.includes(id) ? before.filter((other) => other !== id) : [...before, id]));
  const rows = useRef<HTMLDivElement>(null);
  const change = (values: FilterChange): void => void setView({ cursor: null, ...values });
  const clear = (): void => void setView({ ...NO_FILTERS });
  const ignored = ignoredTerms(view.q ?? '');
  const failed = histogram.data?.bars.reduce((sum, bar) => sum + bar.server_error + bar.client_error, 0) ?? 0;

  function step(by: 1 | -1): void {
    const at = steady.rows.findIndex(({ id }) => id === view.peek);
    const next = steady.rows[Math.min(steady.rows.length - 1, Math.max(0, at + by))];
    if (next) look(next.id);
  }

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
            <ViewsMenu org={org} shared={shared} />
            <ColumnsMenu shown={columns} onChange={choose} />
            <ExportMenu org={org} params={params} total={histogram.data?.total} />
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
            <Switch id={liveId} checked={view.live} onCheckedChange={(on) => void setView({ live: on, cursor: null, sort: null })} />
            <Label htmlFor={liveId}>{t('live')}</Label>
          </span>
        </div>
        <FilterChips view={view} names={names} onChange={change} onClear={clear} />
      </PageHeader>

      {ignored.length > 0 && (
        <Alert variant="warning" className="mb-4">
          {t('search.ignored', { terms: ignored.join(' ') })}
        </Alert>
      )}

      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-4 min-[1400px]:grid-cols-[12.5rem_minmax(0,1fr)] min-[1400px]:items-start">
        <FilterRail org={org} view={view} ready={settled} onChange={change} />
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          {histogram.data
            ? histogram.data.total > 0 && <Histogram histogram={histogram.data} onPick={(from, to) => change({ from, to })} />
            : steady.rows.length > 0 && <Skeleton className="h-19 rounded-md" />}
          <LogsResults
            org={org}
            curl={curl}
            requests={requests}
            steady={steady}
            live={live}
            view={view}
            narrowed={isFiltered(view) || view.from !== null}
            everUsed={used}
            table={{
              columns,
              sorting: { by: view.sort, onSort: (sort) => void setView({ sort, cursor: null, live: null }) },
              peeking: { id: view.peek, onPeek: (id) => look(view.peek === id ? null : id) },
              selection: { ids: selected, onToggle: toggle },
            }}
            rowsRef={rows}
            onPage={(cursor) => void setView({ cursor, live: null })}
            onWiden={() => void setView({ ...NO_FILTERS, range: '90d' })}
          />
        </div>
      </div>
      <RowKeys
        list={rows}
        peeked={view.peek}
        onStep={(id) => view.peek && look(id)}
        onPeek={(id) => look(view.peek === id ? null : id)}
        onSelect={toggle}
        onLive={() => void setView({ live: !view.live, cursor: null })}
      />
      {selected.length > 0 && <SelectionBar org={org} ids={selected} onClear={() => setSelected([])} />}
      {view.peek && <RequestPeek org={org} id={view.peek} onStep={step} onClose={() => look(null)} />}
    </>
  );
}
