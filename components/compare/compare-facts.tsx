'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Milliseconds } from '@/components/logs/request-columns';
import { ModelCell, RequestStatus } from '@/components/logs/request-marks';
import { Time } from '@/components/patterns/time';
import { Tokens } from '@/components/patterns/tokens';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { moneyExact, moneyToNumber } from '@/lib/format/money';
import { change } from '@/lib/format/numbers';
import type { RequestDetailJson } from '@/lib/query/types';

interface Row {
  name: 'model' | 'provider' | 'status' | 'cost' | 'input' | 'output' | 'ttft' | 'total' | 'gateway' | 'attempts' | 'finish' | 'when';
  /** Figures are drawn as bars and compared with the first request; smaller is better. */
  figure?: (request: RequestDetailJson) => number | null;
  show: (request: RequestDetailJson) => ReactNode;
}

const ROWS: readonly Row[] = [
  { name: 'model', show: (request) => <ModelCell request={request} /> },
  { name: 'provider', show: ({ provider }) => provider ?? '—' },
  { name: 'status', show: (request) => <RequestStatus request={request} /> },
  { name: 'cost', figure: ({ cost_usd }) => moneyToNumber(cost_usd), show: ({ cost_usd }) => <span className="figures">{moneyExact(cost_usd)}</span> },
  { name: 'total', figure: ({ duration_ms }) => duration_ms, show: ({ duration_ms }) => <Milliseconds value={duration_ms} /> },
  { name: 'ttft', figure: ({ ttft_ms }) => ttft_ms, show: ({ ttft_ms }) => <Milliseconds value={ttft_ms} /> },
  { name: 'gateway', figure: ({ gateway_ms }) => gateway_ms, show: ({ gateway_ms }) => <Milliseconds value={gateway_ms} /> },
  { name: 'input', figure: ({ usage }) => usage.input_tokens, show: ({ usage }) => <Tokens value={usage.input_tokens} /> },
  { name: 'output', figure: ({ usage }) => usage.output_tokens, show: ({ usage }) => <Tokens value={usage.output_tokens} /> },
  { name: 'attempts', show: ({ attempt_count }) => <span className="figures">{attempt_count}</span> },
  { name: 'finish', show: ({ finish_reason }) => <span className="figures text-sm">{finish_reason ?? '—'}</span> },
  { name: 'when', show: ({ created_at }) => <Time iso={created_at} format="log" className="text-sm" /> },
];

/** Cost, time, tokens and outcome of each request in a column of its own; the first is what the others are measured by. */
export function CompareFacts({ org, requests }: { org: string; requests: readonly RequestDetailJson[] }) {
  const t = useTranslations('compare');
  return (
    <Table aria-label={t('facts')}>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>{t('fact')}</TableHead>
          {requests.map((request, at) => (
            <TableHead key={request.id} className="min-w-52">
              <span className="mr-2 text-foreground">{LETTERS[at]}</span>
              <Link href={`/${org}/logs/${request.id}`} className="figures hover:underline" title={request.id}>
                …{request.id.slice(-8)}
              </Link>
            </TableHead>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {ROWS.map((row) => {
          const figures = requests.map((request) => row.figure?.(request) ?? null);
          const highest = Math.max(0, ...figures.map((figure) => figure ?? 0));
          return (
            <TableRow key={row.name}>
              <TableHead scope="row" className="text-sm font-normal text-muted-foreground">
                {t(`rows.${row.name}`)}
              </TableHead>
              {requests.map((request, at) => (
                <TableCell key={request.id} className="min-w-52">
                  <span className="flex flex-wrap items-baseline gap-x-2">
                    {row.show(request)}
                    {at > 0 && <Difference now={figures[at] ?? null} before={figures[0] ?? null} />}
                  </span>
                  {figures[at] !== null && highest > 0 && (
                    <span aria-hidden className="mt-1 block h-1 overflow-hidden rounded-full bg-accent">
                      <span className="block h-full rounded-full bg-primary" style={{ width: `${((figures[at] ?? 0) / highest) * 100}%` }} />
                    </span>
                  )}
                </TableCell>
              ))}
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

export const LETTERS = ['A', 'B', 'C', 'D'];

function Difference({ now, before }: { now: number | null; before: number | null }) {
  const locale = useLocale();
  if (now === null || before === null || before === 0) return null;
  const moved = change(now, before, locale);
  if (moved === null || now === before) return null;
  return <span className={now < before ? 'figures text-xs text-success' : 'figures text-xs text-warning'}>{moved}</span>;
}
