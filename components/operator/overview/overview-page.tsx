import { useLocale, useTranslations } from 'next-intl';
import { PageHeader } from '@/components/patterns/page-header';
import { duration } from '@/lib/format/duration';
import { moneyShort } from '@/lib/format/money';
import { count, percent } from '@/lib/format/numbers';
import type { OperatorOverview } from '@/lib/services/operator/read-overview';
import type { ActionResult } from '@/lib/http/action';
import type { Checklist } from '@/lib/services/setup/checklist';
import { AttentionCard } from './attention-card';
import { ChecklistCard } from './checklist-card';
import { HealthMatrix } from './health-matrix';
import { MarginChart } from './margin-chart';
import { TrafficCharts } from './traffic-charts';

interface OperatorOverviewPageProps {
  overview: OperatorOverview;
  /** What is left of setting up; null: nothing. */
  checklist: Checklist | null;
  dismissChecklist: () => Promise<ActionResult<void>>;
}

/** Money first, then whether the gateway is in the way, then whether the providers answer. */
export function OperatorOverviewPage({ overview, checklist, dismissChecklist }: OperatorOverviewPageProps) {
  const t = useTranslations('operatorOverview');
  const locale = useLocale();
  const { month, organizations, latency } = overview;
  const figures = [
    { name: 'revenue', value: moneyShort(month.revenue_usd), note: t('figure.thisMonth') },
    { name: 'cost', value: moneyShort(month.cost_usd), note: t('figure.thisMonth') },
    {
      name: 'margin',
      value: moneyShort(month.margin_usd),
      note: Number(month.revenue_usd) > 0 ? t('figure.share', { share: percent(Number(month.margin_usd), Number(month.revenue_usd), locale) }) : t('figure.thisMonth'),
    },
    { name: 'requests', value: count(month.requests, locale), note: month.requests > 0 ? t('figure.errors', { share: percent(month.errors, month.requests, locale) }) : t('figure.thisMonth') },
    { name: 'organizations', value: count(organizations.active, locale), note: t('figure.ofAll', { all: organizations.all }) },
    { name: 'gateway', value: latency ? duration(latency.gateway.p50) : '—', note: latency ? t('figure.p99', { p99: duration(latency.gateway.p99) }) : t('figure.noCalls') },
    { name: 'upstream', value: latency ? duration(latency.upstream.p50) : '—', note: latency ? t('figure.p99', { p99: duration(latency.upstream.p99) }) : t('figure.noCalls') },
  ] as const;
  return (
    <>
      <PageHeader
        title={t('title')}
        answer={t(month.requests > 0 ? 'answer' : 'answerNothing', {
          revenue: moneyShort(month.revenue_usd),
          cost: moneyShort(month.cost_usd),
          margin: moneyShort(month.margin_usd),
          active: organizations.active,
        })}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <dl className="grid grid-cols-1 gap-px overflow-hidden rounded-lg border bg-border xs:grid-cols-2 md:grid-cols-4 xl:grid-cols-7">
          {figures.map(({ name, value, note }) => (
            <div key={name} className="min-w-0 bg-surface p-4">
              <dt className="text-sm text-muted-foreground">{t(`figure.${name}`)}</dt>
              <dd className="figures truncate text-xl font-medium">{value}</dd>
              <dd className="text-xs text-muted-foreground">{note}</dd>
            </div>
          ))}
        </dl>
        {checklist && <ChecklistCard checklist={checklist} dismiss={dismissChecklist} />}
        <AttentionCard attention={overview.attention} />
        <MarginChart overview={overview} />
        <TrafficCharts traffic={overview.traffic} />
        <HealthMatrix providers={overview.providers} />
      </div>
    </>
  );
}
