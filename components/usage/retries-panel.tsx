'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Milliseconds } from '@/components/logs/request-columns';
import { Money } from '@/components/patterns/money';
import { Badge } from '@/components/ui/badge';
import { Skeleton } from '@/components/ui/skeleton';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { count, percent } from '@/lib/format/numbers';
import type { UsageSeries } from '@/lib/query/types';
import { usageParams, type UsageView } from '@/lib/query/usage-view';
import { useUsageAttempts } from '@/lib/query/use-usage';
import { logsHref } from './log-links';

/** Where retries and fallbacks happen: attempts by target and kind, most failures first. */
export function RetriesPanel({ org, view, series }: { org: string; view: UsageView; series: UsageSeries }) {
  const t = useTranslations('usage.retries');
  const locale = useLocale();
  const attempts = useUsageAttempts(org, usageParams(view));
  if (!attempts.data) return <Skeleton className="h-48 rounded-lg" />;
  const rows = attempts.data.data;
  const again = rows.filter(({ kind }) => kind !== 'first').reduce((sum, row) => sum + row.attempts, 0);
  const worst = rows.find(({ failures }) => failures > 0);
  const byModel = { ...series, group: 'model' as const };
  return (
    <section aria-labelledby="retries" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div>
        <h2 id="retries" className="text-base">
          {t('title')}
        </h2>
        <p className="text-sm text-muted-foreground">
          {worst
            ? t('answer', {
                again: count(again, locale),
                count: again,
                model: worst.model,
                failures: count(worst.failures, locale),
                failureCount: worst.failures,
              })
            : t('none')}
        </p>
      </div>
      {rows.length > 0 && (
        <Table aria-label={t('title')}>
          <TableHeader>
            <TableRow className="hover:bg-transparent">
              <TableHead>{t('target')}</TableHead>
              <TableHead>{t('kind')}</TableHead>
              <TableHead numeric>{t('attempts')}</TableHead>
              <TableHead numeric>{t('failures')}</TableHead>
              <TableHead numeric>{t('share')}</TableHead>
              <TableHead numeric>{t('mean')}</TableHead>
              <TableHead numeric>{t('cost')}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={`${row.model} ${row.provider} ${row.kind}`}>
                <TableHead scope="row" className="text-sm font-normal text-foreground">
                  <Link
                    href={logsHref(org, view, byModel, row.model, row.kind === 'fallback' ? { is: 'fallback' } : row.kind === 'retry' ? { is: 'retried' } : {})}
                    className="figures hover:underline"
                  >
                    {row.model}
                  </Link>
                  <span className="text-muted-foreground"> @ {row.provider}</span>
                </TableHead>
                <TableCell>
                  <Badge variant={row.kind === 'first' ? 'default' : 'signal'}>{t(`kinds.${row.kind}`)}</Badge>
                </TableCell>
                <TableCell numeric>{count(row.attempts, locale)}</TableCell>
                <TableCell numeric className={row.failures > 0 ? 'text-danger' : 'text-muted-foreground'}>
                  {count(row.failures, locale)}
                </TableCell>
                <TableCell numeric className="text-muted-foreground">
                  {percent(row.failures, row.attempts, locale)}
                </TableCell>
                <TableCell numeric>
                  <Milliseconds value={row.mean_duration_ms} />
                </TableCell>
                <TableCell numeric>
                  <Money usd={row.provider_cost_usd} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </section>
  );
}
