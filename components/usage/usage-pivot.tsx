'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Milliseconds } from '@/components/logs/request-table';
import { Money } from '@/components/patterns/money';
import { Tokens } from '@/components/patterns/tokens';
import { Table, TableBody, TableCell, TableFooter, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { chartColor, seriesColors } from '@/lib/format/entity-color';
import { moneyToNumber } from '@/lib/format/money';
import { change, count, percent } from '@/lib/format/numbers';
import { queryString } from '@/lib/query/fetch-json';
import type { UsageGroup, UsageSeries, UsageSums } from '@/lib/query/types';
import type { UsageView } from '@/lib/query/usage-view';

/** The filter of the log that shows the calls of a row; a member's calls are those of several keys. */
const LOG_FILTER: Record<UsageGroup, string | null> = { model: 'model', key: 'key_id', alias: 'alias', provider: 'provider', member: null, tag: 'tag', end_user: 'user' };

/** From here on an error share is shown as trouble. */
const HIGH_ERROR_SHARE = 0.05;

/** The same usage as figures, one row per model, key, alias or provider. Each row opens the requests behind it. */
export function UsagePivot({ org, series, view }: { org: string; series: UsageSeries; view: UsageView }) {
  const t = useTranslations('usage');
  const filter = LOG_FILTER[series.group];
  const colors = seriesColors(series.groups.slice(0, 7).map(({ id }) => id));
  return (
    <Table aria-label={t('pivot.label', { group: t(`groups.${series.group}`) })}>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead className="capitalize">{t(`groups.${series.group}`)}</TableHead>
          <TableHead numeric>{t('pivot.cost')}</TableHead>
          <TableHead numeric>{t('pivot.share')}</TableHead>
          <TableHead numeric>{t('pivot.change')}</TableHead>
          <TableHead numeric>{t('pivot.requests')}</TableHead>
          <TableHead numeric>{t('pivot.input')}</TableHead>
          <TableHead numeric>{t('pivot.output')}</TableHead>
          <TableHead numeric>{t('pivot.cached')}</TableHead>
          <TableHead numeric>{t('pivot.errors')}</TableHead>
          <TableHead numeric>{t('pivot.mean')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {series.groups.map((group) => (
          <TableRow key={group.id} className="relative">
            <TableHead scope="row" className="max-w-72 text-sm font-normal text-foreground">
              <span className="flex items-center gap-2">
                <span aria-hidden className="size-2 shrink-0 rounded-sm" style={{ background: chartColor(colors.get(group.id) ?? 8) }} />
                {group.id && !filter ? (
                  <span className="truncate">{group.label}</span>
                ) : group.id && filter ? (
                  <Link
                    href={`/${org}/logs${queryString({ [filter]: group.id, range: view.range === 'month' ? '30d' : view.range })}`}
                    className="figures truncate after:absolute after:inset-0 hover:underline"
                  >
                    {group.label}
                  </Link>
                ) : (
                  <span className="truncate text-muted-foreground">{t(`none.${series.group}`)}</span>
                )}
              </span>
            </TableHead>
            <Figures sums={group.totals} previous={group.previous} total={series.totals} />
          </TableRow>
        ))}
      </TableBody>
      <TableFooter>
        <TableRow className="hover:bg-transparent">
          <TableHead scope="row" className="text-foreground">
            {t('pivot.all')}
          </TableHead>
          <Figures sums={series.totals} previous={series.previous} total={series.totals} />
        </TableRow>
      </TableFooter>
    </Table>
  );
}

function Figures({ sums, previous, total }: { sums: UsageSums; previous: UsageSums; total: UsageSums }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  const cost = moneyToNumber(sums.cost_usd);
  return (
    <>
      <TableCell numeric>
        <Money usd={sums.cost_usd} />
      </TableCell>
      <TableCell numeric className="text-muted-foreground">
        {percent(cost, moneyToNumber(total.cost_usd), locale)}
      </TableCell>
      <TableCell numeric className="text-muted-foreground">
        {change(cost, moneyToNumber(previous.cost_usd), locale) ?? (cost > 0 ? t('pivot.new') : '—')}
      </TableCell>
      <TableCell numeric>{count(sums.requests, locale)}</TableCell>
      <TableCell numeric>
        <Tokens value={sums.input_tokens} short />
      </TableCell>
      <TableCell numeric>
        <Tokens value={sums.output_tokens} short />
      </TableCell>
      <TableCell numeric>{percent(sums.cached_input_tokens, sums.input_tokens, locale)}</TableCell>
      <TableCell numeric className={sums.errors > sums.requests * HIGH_ERROR_SHARE ? 'text-danger' : 'text-muted-foreground'}>
        {percent(sums.errors, sums.requests, locale)}
      </TableCell>
      <TableCell numeric>
        <Milliseconds value={sums.mean_duration_ms} />
      </TableCell>
    </>
  );
}
