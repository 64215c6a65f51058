'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Milliseconds } from '@/components/logs/request-columns';
import { Money } from '@/components/patterns/money';
import { Badge } from '@/components/ui/badge';
import { Skeleton } from '@/components/ui/skeleton';
import { count, percent } from '@/lib/format/numbers';
import type { UsageSeries } from '@/lib/query/types';
import { usageParams, type UsageView } from '@/lib/query/usage-view';
import { useUsageAttempts } from '@/lib/query/use-usage';
import { AnswerPanel } from './answer-panel';
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
    <AnswerPanel
      id="retries"
      title={t('title')}
      answer={
        worst
          ? t('answer', {
              again: count(again, locale),
              count: again,
              model: worst.model,
              failures: count(worst.failures, locale),
              failureCount: worst.failures,
            })
          : t('none')
      }
      columns={[
        { label: t('target') },
        { label: t('kind') },
        { label: t('attempts'), numeric: true },
        { label: t('failures'), numeric: true },
        { label: t('share'), numeric: true },
        { label: t('mean'), numeric: true },
        { label: t('cost'), numeric: true },
      ]}
      rows={rows.map((row) => ({
        id: `${row.model} ${row.provider} ${row.kind}`,
        cells: [
          <>
            <Link href={logsHref(org, view, byModel, row.model, ASKED[row.kind])} className="figures hover:underline">
              {row.model}
            </Link>
            <span className="text-muted-foreground"> @ {row.provider}</span>
          </>,
          <Badge key="kind" variant={row.kind === 'first' ? 'default' : 'signal'}>
            {t(`kinds.${row.kind}`)}
          </Badge>,
          count(row.attempts, locale),
          { text: count(row.failures, locale), className: row.failures > 0 ? 'text-danger' : 'text-muted-foreground' },
          { text: percent(row.failures, row.attempts, locale), className: 'text-muted-foreground' },
          <Milliseconds key="mean" value={row.mean_duration_ms} />,
          <Money key="cost" usd={row.provider_cost_usd} />,
        ],
      }))}
    />
  );
}

/** The filter that finds the requests behind a kind of attempt. */
const ASKED = { first: {}, retry: { is: 'retried' }, fallback: { is: 'fallback' } } as const;
