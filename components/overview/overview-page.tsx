import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { RequestTable } from '@/components/logs/request-table';
import { PageHeader } from '@/components/patterns/page-header';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { moneyShort } from '@/lib/format/money';
import type { Overview, UsageLatency } from '@/lib/query/types';
import { RopeCard } from '@/components/budgets/rope-card';
import { AttentionCard } from './attention-card';
import { ChecklistCard } from './checklist-card';
import { KpiRow } from './kpi-row';
import { SpendChart } from './spend-chart';

interface OverviewPageProps {
  org: string;
  overview: Overview;
  /** Still on its way when the page is drawn. */
  latency: Promise<UsageLatency | null>;
  /** A first call to copy, for an organization that has made none. */
  curl: string;
}

/** The month in a sentence, thirty days in figures, the last requests, and for a newcomer the next step. */
export function OverviewPage({ org, overview, latency, curl }: OverviewPageProps) {
  const t = useTranslations('overview');
  const used = overview.usage.totals.requests > 0;
  const settled = Object.values(overview.checklist).every(Boolean);
  return (
    <>
      <PageHeader
        title={t('title')}
        answer={<Answer overview={overview} />}
        actions={
          <Button asChild>
            <Link href={used ? `/${org}/usage` : `/${org}/keys`}>{t(used ? 'viewUsage' : 'createKey')}</Link>
          </Button>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <KpiRow org={org} usage={overview.usage} latency={latency} />
        <div className={settled ? 'grid' : 'grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start'}>
          {used ? (
            <SpendChart usage={overview.usage} />
          ) : (
            <Card className="grid gap-3 p-4">
              <h2 className="text-base font-semibold">{t('empty.title')}</h2>
              <p className="text-base text-muted-foreground">{t('empty.why')}</p>
              <CodeBlock code={curl} label={t('empty.command')} />
            </Card>
          )}
          <ChecklistCard org={org} checklist={overview.checklist} />
        </div>
        {used && (
          <div className={overview.burn ? 'grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-2' : 'grid'}>
            {overview.burn && <RopeCard org={org} burn={overview.burn} linked />}
            <AttentionCard org={org} attention={overview.attention} />
          </div>
        )}
        {overview.recent.length > 0 && (
          <section aria-labelledby="recent" className="grid grid-cols-[minmax(0,1fr)] gap-2">
            <div className="flex items-baseline justify-between">
              <h2 id="recent" className="text-base">
                {t('recent')}
              </h2>
              <Link href={`/${org}/logs`} className="text-sm text-primary hover:underline">
                {t('allRequests')}
              </Link>
            </div>
            <RequestTable org={org} requests={overview.recent} />
          </section>
        )}
      </div>
    </>
  );
}

function Answer({ overview }: { overview: Overview }) {
  const t = useTranslations('overview.answer');
  const locale = useLocale();
  const { month, balance } = overview;
  const demo = Number(month.demo_usd) > 0;
  const parts = [
    t(month.pace_usd === null || Number(month.spent_usd) === 0 ? 'spent' : 'pace', {
      spent: moneyShort(month.spent_usd),
      pace: moneyShort(month.pace_usd ?? '0'),
    }),
  ];
  if (demo) parts.push(t(month.demo_usd === month.spent_usd ? 'allDemo' : 'demo', { demo: moneyShort(month.demo_usd) }));
  if (balance.prepaid) parts.push(t('left', { left: moneyShort(balance.available_usd), demoLeft: moneyShort(balance.demo_usd) }));
  return parts.join(locale.startsWith('zh') ? '' : ' ');
}
