'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Money } from '@/components/patterns/money';
import { Skeleton } from '@/components/ui/skeleton';
import { moneyShort, moneyToNumber } from '@/lib/format/money';
import { count } from '@/lib/format/numbers';
import type { SimpleUsage, UsageSeries } from '@/lib/query/types';
import { usageParams, type UsageView } from '@/lib/query/usage-view';
import { useUsageOfSimpleCalls } from '@/lib/query/use-usage';
import { AnswerPanel } from './answer-panel';
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
    <AnswerPanel
      id="simple"
      title={t('title')}
      answer={
        premium.length > 0 && cheapest
          ? t('answer', {
              requests: count(
                premium.reduce((sum, row) => sum + row.requests, 0),
                locale,
              ),
              saving: moneyShort(saving.toFixed(9)),
              model: cheapest.model,
            })
          : t('none')
      }
      columns={[
        { label: t('model') },
        { label: t('requests'), numeric: true },
        { label: t('cost'), numeric: true },
        { label: t('rate'), numeric: true },
        { label: t('times'), numeric: true },
        { label: t('saving'), numeric: true },
      ]}
      rows={rows.map((row) => ({
        id: row.model,
        cells: [
          <Link key="model" href={logsHref(org, view, byModel, row.model, { status: 'completed', sort: 'cost' })} className="figures hover:underline">
            {row.model}
          </Link>,
          count(row.requests, locale),
          <Money key="cost" usd={row.cost_usd} />,
          <>
            {moneyShort(row.usd_per_million_tokens)}
            <span className="text-muted-foreground"> / 1M</span>
          </>,
          { text: `${count(row.times_cheapest, locale)}×`, className: row.times_cheapest >= PREMIUM_TIMES ? 'text-signal' : 'text-muted-foreground' },
          row.times_cheapest > 1 ? moneyShort(savingOf(row).toFixed(9)) : '—',
        ],
      }))}
      note={t('note')}
    />
  );
}

/** Dollars, for a sentence that says "about": the exact sums stay in the cost column. */
function savingOf({ cost_usd, times_cheapest }: SimpleUsage): number {
  return times_cheapest > 0 ? moneyToNumber(cost_usd) * (1 - 1 / times_cheapest) : 0;
}
