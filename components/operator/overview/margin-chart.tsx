'use client';

import { useLocale, useTranslations } from 'next-intl';
import { SeriesFigure } from '@/components/charts/series-figure';
import { moneyAxis, moneyShort, moneyToNumber } from '@/lib/format/money';
import type { OperatorOverview, OperatorSums } from '@/lib/services/operator/read-overview';

/** What came in and what it cost, day by day: the gap between the two lines is the margin. */
export function MarginChart({ overview }: { overview: Pick<OperatorOverview, 'days' | 'daily'> }) {
  const t = useTranslations('operatorOverview');
  const locale = useLocale();
  const values = (of: (sums: OperatorSums) => string): number[] => overview.daily.map((sums) => moneyToNumber(of(sums)));
  const best = overview.daily.reduce((top, sums, at) => (moneyToNumber(sums.revenue_usd) > moneyToNumber(overview.daily[top]?.revenue_usd ?? '0') ? at : top), 0);
  const peak = overview.daily[best];
  return (
    <SeriesFigure
      title={t('chart.title')}
      caption={
        peak && moneyToNumber(peak.revenue_usd) > 0
          ? t('chart.caption', { day: new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${overview.days[best]}T12:00:00Z`)), revenue: moneyShort(peak.revenue_usd) })
          : t('chart.nothing')
      }
      buckets={overview.days}
      kind="lines"
      locale={locale}
      series={[
        { id: 'revenue', label: t('figure.revenue'), color: 1, values: values((sums) => sums.revenue_usd) },
        { id: 'cost', label: t('figure.cost'), color: 2, values: values((sums) => sums.cost_usd) },
      ]}
      format={(value) => moneyShort(value.toFixed(9))}
      formatAxis={moneyAxis}
    />
  );
}
