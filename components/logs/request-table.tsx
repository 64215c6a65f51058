'use client';

import { ArrowDown, PanelRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Time } from '@/components/patterns/time';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import type { RequestJson } from '@/lib/query/types';
import { DEFAULT_COLUMNS, type LogColumn, type RequestView } from '@/lib/query/request-view';
import { COLUMN_CELLS } from './request-columns';
import { ModelCell, RequestStatus } from './request-marks';

export { Milliseconds } from './request-columns';

interface RequestTableProps {
  org: string;
  requests: readonly RequestJson[];
  columns?: readonly LogColumn[];
  /** Old rows stay, dimmed, while new ones are read. */
  dimmed?: boolean;
  /** By what the list is ordered, and how to order it otherwise. */
  sorting?: { by: RequestView['sort']; onSort: (by: RequestView['sort']) => void };
  /** A row beside the list, without leaving it. */
  peeking?: { id: string | null; onPeek: (id: string) => void };
  /** Rows that are ticked, to be compared. */
  selection?: { ids: readonly string[]; onToggle: (id: string) => void };
  className?: string;
}

/**
 * Requests as rows that open on a click anywhere. On a phone the same table becomes a list of cards: roles are set by
 * hand because browsers drop them with `display`.
 */
export function RequestTable({ org, requests, columns = DEFAULT_COLUMNS, dimmed, sorting, peeking, selection, className }: RequestTableProps) {
  const t = useTranslations('logs');
  return (
    <Table
      aria-label={t('table.label')}
      aria-busy={dimmed || undefined}
      role="table"
      className={cn('max-md:block md:min-w-200 md:[&_td]:px-2 md:[&_th]:px-2', dimmed && 'opacity-60 transition-opacity', className)}
    >
      <TableHeader role="rowgroup" className="max-md:sr-only">
        <TableRow role="row" className="hover:bg-transparent">
          {selection && (
            <TableHead role="columnheader" className="w-8 pr-0">
              <span className="sr-only">{t('table.select')}</span>
            </TableHead>
          )}
          <TableHead role="columnheader" aria-sort={sorting?.by === 'newest' ? 'descending' : undefined}>
            {sorting ? <SortButton label={t('table.time')} isOn={sorting.by === 'newest'} onSort={() => sorting.onSort('newest')} /> : t('table.time')}
          </TableHead>
          <TableHead role="columnheader">{t('table.status')}</TableHead>
          <TableHead role="columnheader">{t('table.model')}</TableHead>
          {columns.map((column) => {
            const { numeric, sort } = COLUMN_CELLS[column];
            return (
              <TableHead
                key={column}
                role="columnheader"
                numeric={numeric}
                className={COLUMN_CELLS[column].className}
                aria-sort={sort && sorting?.by === sort ? 'descending' : undefined}
              >
                {sort && sorting ? (
                  <SortButton label={t(`table.${column}`)} isOn={sorting.by === sort} onSort={() => sorting.onSort(sorting.by === sort ? 'newest' : sort)} />
                ) : (
                  t(`table.${column}`)
                )}
              </TableHead>
            );
          })}
          {peeking && (
            <TableHead role="columnheader" className="w-8 pl-0">
              <span className="sr-only">{t('table.peek')}</span>
            </TableHead>
          )}
        </TableRow>
      </TableHeader>
      <TableBody role="rowgroup" className="max-md:block">
        {requests.map((request) => (
          <TableRow
            key={request.id}
            role="row"
            data-state={peeking?.id === request.id ? 'selected' : undefined}
            className="group/row relative max-md:grid max-md:h-auto max-md:grid-cols-[minmax(0,1fr)_auto] max-md:py-2 max-md:[&>td]:py-0.5"
          >
            {selection && (
              <TableCell role="cell" className="pr-0 max-md:hidden">
                <Checkbox
                  aria-label={t('table.selectOne', { id: request.id })}
                  checked={selection.ids.includes(request.id)}
                  onCheckedChange={() => selection.onToggle(request.id)}
                  className="z-10 opacity-60 group-hover/row:opacity-100 focus-visible:opacity-100 checked:opacity-100"
                />
              </TableCell>
            )}
            <TableCell role="cell" className="whitespace-nowrap">
              <Link
                href={`/${org}/logs/${request.id}`}
                data-request={request.id}
                aria-label={t('table.open', { id: request.id })}
                className="rounded-sm after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-primary"
              >
                <Time iso={request.created_at} format="log" className="text-[12.5px] text-muted-foreground" />
              </Link>
            </TableCell>
            <TableCell role="cell" className="max-md:text-right">
              <RequestStatus request={request} />
            </TableCell>
            <TableCell role="cell" className="md:w-full md:max-w-0 md:min-w-52 max-md:col-span-2 max-md:min-w-0">
              <ModelCell request={request} />
            </TableCell>
            {columns.map((column) => {
              const { numeric, className: look, Cell } = COLUMN_CELLS[column];
              return (
                <TableCell key={column} role="cell" numeric={numeric} className={look}>
                  <Cell request={request} />
                </TableCell>
              );
            })}
            {peeking && (
              <TableCell role="cell" className="pl-0 max-md:hidden">
                <button
                  type="button"
                  aria-label={t('table.peekAt', { id: request.id })}
                  aria-pressed={peeking.id === request.id}
                  onClick={() => peeking.onPeek(request.id)}
                  className="relative z-10 grid size-6 place-items-center rounded-md text-muted-foreground opacity-60 group-hover/row:opacity-100 hover:bg-accent hover:text-foreground focus-visible:opacity-100 aria-pressed:text-primary aria-pressed:opacity-100"
                >
                  <PanelRight aria-hidden className="size-4" />
                </button>
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function SortButton({ label, isOn, onSort }: { label: string; isOn: boolean; onSort: () => void }) {
  return (
    <button
      type="button"
      onClick={onSort}
      className={cn('inline-flex min-h-6 items-center gap-0.5 rounded-sm hover:text-foreground hover:underline', isOn && 'text-foreground')}
    >
      {label}
      {isOn && <ArrowDown aria-hidden className="size-3" />}
    </button>
  );
}
