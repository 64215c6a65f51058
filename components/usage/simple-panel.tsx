'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Money } from '@/components/patterns/money';
import { Skeleton } from '@/components/ui/skeleton';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { moneyShort, moneyToNumber } from '@/lib/format/money';
import { count } from '@/lib/format/numbers';
import type { SimpleUsage, UsageSeries } from '@/lib/query/types';
import { usageParams, type UsageView } from '@/lib/query/usage-view';
import { useUsageOfSimpleCalls } from '@/lib/query/use-usage';
import { logsHref } from './log-links';

/** A model is premium for simple calls when a token costs at least twice what it costs at the cheapest one that answered such calls. */
const PREMIUM_TIMES = 2;

/** Which simple calls dear models answered, and what the cheapest of those in use would have taken for them. */
export function SimplePanel({ org, view, series }: { org: string; view: UsageView; series: UsageSeries }) {
  const t = useTranslations('usage.simple');
  const locale = useLocale();
  const simple = useUsageOfSimpleCalls(org, usageParams(view));
  if (!simple.data) return <Skeleton className="h-48 rounded-lg" />;
  const rows = simple.data.data;
  const premium = rows.filter(({ times_cheapest }) => times_cheapest >= PREMIUM_TIMES);
  const cheapest = rows.at(-1);
  const saving = premium.reduce((sum, row) => sum + savingOf(row), 0);
  const byModel = { ...series, group: 'model' as const };
  return (
    <section aria-labelledby="simple" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div>
        <h2 id="simple" className="text-base">
          {t('title')}
        </h2>
        <p className="text-sm text-muted-foreground">
          {premium.length > 0 && cheapest
            ? t('answer', {
                requests: count(
                  premium.reduce((sum, row) => sum + row.requests, 0),
                  locale,
                ),
                saving: moneyShort(saving.toFixed(9)),
                model: cheapest.model,
              })
            : t('none')}
        </p>
      </div>
      {rows.length > 0 && (
        <Table aria-label={t('title')}>
          <TableHeader>
            <TableRow className="hover:bg-transparent">
              <TableHead>{t('model')}</TableHead>
              <TableHead numeric>{t('requests')}</TableHead>
              <TableHead numeric>{t('cost')}</TableHead>
              <TableHead numeric>{t('rate')}</TableHead>
              <TableHead numeric>{t('times')}</TableHead>
              <TableHead numeric>{t('saving')}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.model}>
                <TableHead scope="row" className="text-sm font-normal text-foreground">
                  <Link href={logsHref(org, view, byModel, row.model, { status: 'completed', sort: 'cost' })} className="figures hover:underline">
                    {row.model}
                  </Link>
                </TableHead>
                <TableCell numeric>{count(row.requests, locale)}</TableCell>
                <TableCell numeric>
                  <Money usd={row.cost_usd} />
                </TableCell>
                <TableCell numeric>
                  {moneyShort(row.usd_per_million_tokens)}
                  <span className="text-muted-foreground"> / 1M</span>
                </TableCell>
                <TableCell numeric className={row.times_cheapest >= PREMIUM_TIMES ? 'text-signal' : 'text-muted-foreground'}>
                  {count(row.times_cheapest, locale)}×
                </TableCell>
                <TableCell numeric>{row.times_cheapest > 1 ? moneyShort(savingOf(row).toFixed(9)) : '—'}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <p className="text-xs text-muted-foreground">{t('note')}</p>
    </section>
  );
}

/** Dollars, for a sentence that says "about": the exact sums stay in the cost column. */
function savingOf({ cost_usd, times_cheapest }: SimpleUsage): number {
  return times_cheapest > 0 ? moneyToNumber(cost_usd) * (1 - 1 / times_cheapest) : 0;
}
