'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Skeleton } from '@/components/ui/skeleton';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { count, percent } from '@/lib/format/numbers';
import { useRequestCounts } from '@/lib/query/use-requests';
import type { UsageSeries } from '@/lib/query/types';
import type { UsageView } from '@/lib/query/usage-view';
import { logsHref } from './log-links';

/** Why requests got no answer: error codes, most frequent first. As far back as the logs reach. */
export function ErrorsPanel({ org, view, series }: { org: string; view: UsageView; series: UsageSeries }) {
  const t = useTranslations('usage.errorCodes');
  const locale = useLocale();
  const { model, alias, provider, key_id, member, tag, user } = view;
  const failed = { status: 'refused,failed,interrupted' };
  const counts = useRequestCounts(org, { model, alias, provider, key_id, member, tag, user, from: series.from, to: series.to, ...failed }, { enabled: true });
  if (counts.isError) return null;
  if (!counts.data) return <Skeleton className="h-32 rounded-lg" />;
  const all = counts.data.error.reduce((sum, { requests }) => sum + requests, 0);
  if (all === 0) return null;
  return (
    <section aria-labelledby="codes" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="codes" className="text-base">
        {t('title')}
      </h2>
      <Table aria-label={t('title')}>
        <TableHeader>
          <TableRow className="hover:bg-transparent">
            <TableHead>{t('code')}</TableHead>
            <TableHead numeric>{t('requests')}</TableHead>
            <TableHead numeric>{t('share')}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {counts.data.error.map(({ id, requests }) => (
            <TableRow key={id}>
              <TableHead scope="row" className="text-sm font-normal text-foreground">
                <Link href={logsHref(org, view, series, null, { error: id })} className="figures hover:underline">
                  {id}
                </Link>
              </TableHead>
              <TableCell numeric>{count(requests, locale)}</TableCell>
              <TableCell numeric className="text-muted-foreground">
                {percent(requests, all, locale)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
