'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Money } from '@/components/patterns/money';
import { Time } from '@/components/patterns/time';
import { Tokens } from '@/components/patterns/tokens';
import { cn } from '@/components/ui/cn';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { durationParts } from '@/lib/format/duration';
import type { RequestJson } from '@/lib/query/types';
import { ModelCell, RequestStatus } from './request-marks';

interface RequestTableProps {
  org: string;
  requests: readonly RequestJson[];
  /** Old rows stay, dimmed, while new ones are read. */
  dimmed?: boolean;
  className?: string;
}

/**
 * Requests as rows that open on a click anywhere. On a phone the same table becomes a list of cards: roles are set by
 * hand because browsers drop them with `display`.
 */
export function RequestTable({ org, requests, dimmed, className }: RequestTableProps) {
  const t = useTranslations('logs');
  return (
    <Table
      aria-label={t('table.label')}
      aria-busy={dimmed || undefined}
      role="table"
      className={cn('max-md:block md:min-w-240', dimmed && 'opacity-60 transition-opacity', className)}
    >
      <TableHeader role="rowgroup" className="max-md:sr-only">
        <TableRow role="row" className="hover:bg-transparent">
          <TableHead role="columnheader">{t('table.time')}</TableHead>
          <TableHead role="columnheader">{t('table.status')}</TableHead>
          <TableHead role="columnheader">{t('table.model')}</TableHead>
          <TableHead role="columnheader">{t('table.key')}</TableHead>
          <TableHead role="columnheader" numeric>
            {t('table.tokens')}
          </TableHead>
          <TableHead role="columnheader" numeric>
            {t('table.cost')}
          </TableHead>
          <TableHead role="columnheader" numeric>
            {t('table.firstToken')}
          </TableHead>
          <TableHead role="columnheader" numeric>
            {t('table.total')}
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody role="rowgroup" className="max-md:block">
        {requests.map((request) => (
          <TableRow
            key={request.id}
            role="row"
            className="relative max-md:grid max-md:h-auto max-md:grid-cols-[minmax(0,1fr)_auto] max-md:py-2 max-md:[&>td]:py-0.5"
          >
            <TableCell role="cell" className="whitespace-nowrap">
              <Link
                href={`/${org}/logs/${request.id}`}
                aria-label={t('table.open', { id: request.id })}
                className="rounded-sm after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-primary"
              >
                <Time iso={request.created_at} format="log" className="text-[12.5px] text-muted-foreground" />
              </Link>
            </TableCell>
            <TableCell role="cell" className="max-md:text-right">
              <RequestStatus request={request} />
            </TableCell>
            <TableCell role="cell" className="md:w-full md:max-w-0 max-md:col-span-2 max-md:min-w-0">
              <ModelCell request={request} />
            </TableCell>
            <TableCell role="cell" className="max-w-40 truncate whitespace-nowrap max-md:max-w-none">
              {request.key_name ?? <span className="figures text-muted-foreground">…{request.key_last4}</span>}
            </TableCell>
            <TableCell role="cell" numeric>
              <Tokens value={request.usage.input_tokens} short />
              <span className="px-1 text-muted-foreground">/</span>
              <Tokens value={request.usage.output_tokens} short />
            </TableCell>
            <TableCell role="cell" numeric className="max-md:text-left">
              <Money usd={request.cost_usd} />
            </TableCell>
            <TableCell role="cell" numeric className="max-md:hidden">
              <Milliseconds value={request.ttft_ms} />
            </TableCell>
            <TableCell role="cell" numeric>
              <Milliseconds value={request.duration_ms} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** A duration whose unit is quieter than its figure. */
export function Milliseconds({ value }: { value: number | null }) {
  if (value === null) return <span className="text-muted-foreground">—</span>;
  const { value: figure, unit } = durationParts(value);
  return (
    <span className="figures whitespace-nowrap">
      {figure}
      <span className="text-muted-foreground"> {unit}</span>
    </span>
  );
}
