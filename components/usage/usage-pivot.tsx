'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Milliseconds } from '@/components/logs/request-columns';
import { Money } from '@/components/patterns/money';
import { Tokens } from '@/components/patterns/tokens';
import { Table, TableBody, TableCell, TableFooter, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { chartColor, seriesColors } from '@/lib/format/entity-color';
import { moneyToNumber } from '@/lib/format/money';
import { change, count, percent } from '@/lib/format/numbers';
import type { LatencyPoint, UsageLatency, UsageSeries, UsageSums } from '@/lib/query/types';
import type { UsageView } from '@/lib/query/usage-view';
import { logsHref } from './log-links';

/** From here on an error share is shown as trouble. */
const HIGH_ERROR_SHARE = 0.05;
const COST_COLUMNS = ['cost', 'share', 'change', 'requests', 'input', 'output', 'cached', 'errors', 'mean'] as const;
const TIME_COLUMNS = ['requests', 'p50', 'p95', 'p99', 'ttft50', 'ttft95', 'ttft99'] as const;

interface UsagePivotProps {
  org: string;
  series: UsageSeries;
  view: UsageView;
  latency: UsageLatency | undefined;
}

/** The same usage as figures, one row per group. Every figure opens the requests behind it. */
export function UsagePivot({ org, series, view, latency }: UsagePivotProps) {
  const t = useTranslations('usage');
  const colors = seriesColors(series.groups.slice(0, 7).map(({ id }) => id));
  const timed = view.tab === 'latency';
  const times = new Map(latency?.groups.map((group) => [group.id, group]));
  const hrefOf = (id: string | null) => (id === '' ? null : (more?: Record<string, string>) => logsHref(org, view, series, id, more));
  return (
    <Table aria-label={t('pivot.label', { group: t(`groups.${series.group}`) })}>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead className="capitalize">{t(`groups.${series.group}`)}</TableHead>
          {(timed ? TIME_COLUMNS : COST_COLUMNS).map((column) => (
            <TableHead key={column} numeric>
              {t(`pivot.${column}`)}
            </TableHead>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {series.groups.map((group) => {
          const href = hrefOf(group.id);
          return (
            <TableRow key={group.id}>
              <TableHead scope="row" className="max-w-72 text-sm font-normal text-foreground">
                <span className="flex items-center gap-2">
                  <span aria-hidden className="size-2 shrink-0 rounded-sm" style={{ background: chartColor(colors.get(group.id) ?? 8) }} />
                  {href ? (
                    <Link href={href()} className="figures truncate hover:underline">
                      {group.label}
                    </Link>
                  ) : (
                    <span className="truncate text-muted-foreground">{t(`none.${series.group}`)}</span>
                  )}
                </span>
              </TableHead>
              {timed ? (
                <Times href={href} point={times.get(group.id)} />
              ) : (
                <Figures href={href} sums={group.totals} previous={group.previous} total={series.totals} />
              )}
            </TableRow>
          );
        })}
      </TableBody>
      <TableFooter>
        <TableRow className="hover:bg-transparent">
          <TableHead scope="row" className="text-foreground">
            {t('pivot.all')}
          </TableHead>
          {timed ? (
            <Times href={hrefOf(null)} point={latency?.total} />
          ) : (
            <Figures href={hrefOf(null)} sums={series.totals} previous={series.previous} total={series.totals} />
          )}
        </TableRow>
      </TableFooter>
    </Table>
  );
}

type Href = ((more?: Record<string, string>) => string) | null;

/** A figure that leads to its requests, where there are any to lead to. */
function Rows({ href, more, children }: { href: Href; more?: Record<string, string>; children: ReactNode }) {
  if (!href) return children;
  return (
    <Link href={href(more)} className="rounded-sm hover:underline" prefetch={false}>
      {children}
    </Link>
  );
}

function Figures({ href, sums, previous, total }: { href: Href; sums: UsageSums; previous: UsageSums; total: UsageSums }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  const cost = moneyToNumber(sums.cost_usd);
  const share = moneyToNumber(total.cost_usd) > 0 ? cost / moneyToNumber(total.cost_usd) : 0;
  return (
    <>
      <TableCell numeric>
        <Rows href={href} more={{ sort: 'cost' }}>
          <Money usd={sums.cost_usd} />
        </Rows>
      </TableCell>
      <TableCell numeric className="text-muted-foreground">
        <span className="inline-flex items-center gap-2">
          <span aria-hidden className="h-1 w-12 overflow-hidden rounded-full bg-accent">
            <span className="block h-full bg-primary/70" style={{ width: `${Math.min(100, share * 100)}%` }} />
          </span>
          <span className="w-12 text-right">{percent(cost, moneyToNumber(total.cost_usd), locale)}</span>
        </span>
      </TableCell>
      <TableCell numeric className="text-muted-foreground">
        {change(cost, moneyToNumber(previous.cost_usd), locale) ?? (cost > 0 ? t('pivot.new') : '—')}
      </TableCell>
      <TableCell numeric>
        <Rows href={href}>{count(sums.requests, locale)}</Rows>
      </TableCell>
      <TableCell numeric>
        <Tokens value={sums.input_tokens} short />
      </TableCell>
      <TableCell numeric>
        <Tokens value={sums.output_tokens} short />
      </TableCell>
      <TableCell numeric>
        <Rows href={sums.cached_input_tokens > 0 ? href : null} more={{ is: 'cached' }}>
          {percent(sums.cached_input_tokens, sums.input_tokens, locale)}
        </Rows>
      </TableCell>
      <TableCell numeric className={sums.errors > sums.requests * HIGH_ERROR_SHARE ? 'text-danger' : 'text-muted-foreground'}>
        <Rows href={sums.errors > 0 ? href : null} more={{ status: 'refused,failed,interrupted' }}>
          {percent(sums.errors, sums.requests, locale)}
        </Rows>
      </TableCell>
      <TableCell numeric>
        <Rows href={sums.mean_duration_ms === null ? null : href} more={{ sort: 'duration' }}>
          <Milliseconds value={sums.mean_duration_ms} />
        </Rows>
      </TableCell>
    </>
  );
}

function Times({ href, point }: { href: Href; point: LatencyPoint | undefined }) {
  const locale = useLocale();
  const values = [point?.duration.p50, point?.duration.p95, point?.duration.p99, point?.ttft.p50, point?.ttft.p95, point?.ttft.p99];
  return (
    <>
      <TableCell numeric>
        <Rows href={href}>{point ? count(point.answered, locale) : '—'}</Rows>
      </TableCell>
      {values.map((value, at) => (
        <TableCell key={TIME_COLUMNS[at + 1]} numeric>
          <Rows href={value == null ? null : href} more={{ sort: at < 3 ? 'duration' : 'ttft' }}>
            <Milliseconds value={value ?? null} />
          </Rows>
        </TableCell>
      ))}
    </>
  );
}
