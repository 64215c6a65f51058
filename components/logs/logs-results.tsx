'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ComponentProps, Ref } from 'react';
import { EmptyState, ErrorState, NoMatches } from '@/components/patterns/states';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { ApiError, queryString } from '@/lib/query/fetch-json';
import type { RequestJson, RequestPage } from '@/lib/query/types';
import type { RequestView } from '@/lib/query/request-view';
import { RequestTable } from './request-table';
import type { useSteadyRows } from './steady-rows';
import { TableSkeleton } from './table-skeleton';

interface LogsResultsProps {
  org: string;
  curl: string;
  requests: UseQueryResult<RequestPage>;
  steady: ReturnType<typeof useSteadyRows<RequestJson>>;
  live: boolean;
  view: RequestView;
  /** Whether something besides the range narrows the list. */
  narrowed: boolean;
  everUsed: boolean;
  table: Pick<ComponentProps<typeof RequestTable>, 'columns' | 'sorting' | 'peeking' | 'selection'>;
  rowsRef: Ref<HTMLDivElement>;
  onPage: (cursor: string | null) => void;
  onWiden: () => void;
}

/** The list itself, or what stands in its place: rows on their way, an error, nothing yet, nothing that matches. */
export function LogsResults({ org, curl, requests, steady, live, view, narrowed, everUsed, table, rowsRef, onPage, onWiden }: LogsResultsProps) {
  const t = useTranslations('logs');
  if (requests.isError && !requests.data) {
    const error = requests.error instanceof ApiError ? requests.error : null;
    return <ErrorState detail={error?.message} requestId={error?.requestId} onRetry={() => void requests.refetch()} />;
  }
  if (!requests.data) return <TableSkeleton rows={12} />;
  if (steady.rows.length === 0) {
    if (view.cursor) return <NoMatches onClear={() => onPage(null)} />;
    if (narrowed || everUsed)
      return (
        <NoMatches
          clear={
            <Button variant="outline" onClick={onWiden}>
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
    <div className="min-w-0">
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
      <div ref={rowsRef} {...steady.handlers}>
        <RequestTable org={org} requests={steady.rows} dimmed={requests.isPlaceholderData} {...table} />
      </div>
      <nav aria-label={t('pages.label')} className="mt-3 flex flex-wrap items-center justify-between gap-3">
        <span className="text-sm text-muted-foreground">{t(view.sort === 'newest' ? 'pages.shown' : 'pages.shownSorted', { count: steady.rows.length })}</span>
        <span className="flex flex-wrap gap-2">
          <Button asChild variant="ghost">
            <Link href={`/${org}/usage${queryString(chartFilters(view))}`}>{t('pages.chart')}</Link>
          </Button>
          {view.cursor && (
            <Button variant="outline" onClick={() => onPage(null)}>
              {t('pages.newest')}
            </Button>
          )}
          <Button variant="outline" disabled={!requests.data.has_more} onClick={() => onPage(requests.data?.next_cursor ?? null)}>
            {t('pages.older')}
          </Button>
        </span>
      </nav>
    </div>
  );
}

/** What of a view the usage page can be narrowed by as well. */
function chartFilters({ model, alias, provider, key_id, user, tag, range, from, to }: RequestView): Record<string, string | null> {
  return { tab: 'requests', model, alias, provider, key_id, user, tag, range: from || to || range === '1h' ? null : range, from, to };
}
