import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { RequestTable } from '@/components/logs/request-table';
import { PageHeader } from '@/components/patterns/page-header';
import { ProviderMark } from '@/components/patterns/provider-mark';
import { CodeTabs } from '@/components/playground/code-tabs';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { duration } from '@/lib/format/duration';
import { moneyRate, moneyShort } from '@/lib/format/money';
import { count, percent, sizeShort } from '@/lib/format/numbers';
import type { ModelDetail, ModelJson, RequestJson, UsageSums } from '@/lib/query/types';
import { Availability } from './availability';
import { CapabilityBadges } from './capability-badges';
import { PriceHistory } from './price-history';
import { TargetList } from './target-list';
import { UptimeStrip } from './uptime-strip';

interface ModelPageProps {
  org: string;
  detail: ModelDetail;
  /** Ends in /v1. */
  baseUrl: string;
  /** The organization's own, over thirty days. */
  usage: UsageSums;
  /** Its last calls; null: the reader's role does not include logs. */
  recent: RequestJson[] | null;
  mayCall: boolean;
}

/** One alias or model: what it can do and costs, how it did, how it is called, and what was called. */
export function ModelPage({ org, detail, baseUrl, usage, recent, mayCall }: ModelPageProps) {
  const t = useTranslations('models');
  const snippets = useTranslations('snippets');
  const locale = useLocale();
  const subject = detail.kind === 'alias' ? detail.alias : detail.model;
  const name = subject.id;
  const filter = `${detail.kind}=${encodeURIComponent(name)}`;
  return (
    <>
      <PageHeader
        eyebrow={
          <Link href={`/${org}/models`} className="hover:underline">
            {t('title')}
          </Link>
        }
        title={
          <span className="flex flex-wrap items-center gap-2">
            <span className="figures [overflow-wrap:anywhere]">{name}</span>
            <CopyButton value={name} label={t('copyName', { name })} iconOnly variant="ghost" />
            {detail.kind === 'model' && detail.model.demo && <Badge variant="info">{t('models.demo')}</Badge>}
          </span>
        }
        answer={detail.kind === 'alias' ? (detail.alias.description ?? t('detail.aliasAnswer')) : <ModelAnswer model={detail.model} />}
        actions={
          <>
            <Button asChild variant="outline">
              <Link href={`/${org}/logs?${filter}`}>{t('requests')}</Link>
            </Button>
            {mayCall && (
              <Button asChild>
                <Link href={`/${org}/playground?models=${encodeURIComponent(name)}`}>{t('detail.try')}</Link>
              </Button>
            )}
          </>
        }
      >
        <div className="text-base">
          <Availability state={subject.availability} org={org} plan={detail.plan.name} />
        </div>
      </PageHeader>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        {detail.kind === 'model' && (
          <>
            <Facts model={detail.model} />
            <UptimeStrip days={detail.days} />
          </>
        )}
        {detail.kind === 'alias' && <TargetList org={org} alias={detail.alias} targets={detail.targets} plan={detail.plan.name} />}
        {(detail.kind === 'alias' || detail.model.kind === 'chat') && (
          <Section title={t('detail.use')}>
            <Card className="p-4">
              <CodeTabs baseUrl={baseUrl} body={{ model: name, messages: [{ role: 'user', content: snippets('prompt') }] }} />
            </Card>
          </Section>
        )}
        {detail.kind === 'model' && detail.aliases.length > 0 && (
          <Section title={t('detail.behind')}>
            <ul className="flex flex-wrap gap-2 text-sm">
              {detail.aliases.map(({ id }) => (
                <li key={id}>
                  <Link href={`/${org}/models/${id}`} className="figures rounded-sm bg-secondary px-2 py-1 hover:underline">
                    {id}
                  </Link>
                </li>
              ))}
            </ul>
          </Section>
        )}
        {detail.kind === 'model' && detail.prices.length > 1 && (
          <Section title={t('detail.prices')}>
            <PriceHistory prices={detail.prices} />
          </Section>
        )}
        <Section title={t('detail.yours')}>
          <p className="text-base">
            {usage.requests === 0 ? (
              t('detail.unused')
            ) : (
              <Link href={`/${org}/usage?range=30d&${filter}`} className="text-primary underline decoration-primary/40 underline-offset-4">
                {t('detail.used', {
                  requests: usage.requests,
                  shown: count(usage.requests, locale),
                  tokens: sizeShort(usage.input_tokens + usage.output_tokens, locale),
                  cost: moneyShort(usage.cost_usd),
                })}
              </Link>
            )}
          </p>
          {recent && recent.length > 0 && <RequestTable org={org} requests={recent} />}
        </Section>
      </div>
    </>
  );
}

function ModelAnswer({ model }: { model: ModelJson }) {
  const t = useTranslations('models');
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <span className="inline-flex items-center gap-2">
        <ProviderMark adapter={model.adapter} />
        {model.display_name && model.display_name !== model.id
          ? t('detail.by', { name: model.display_name, provider: model.provider_label })
          : model.provider_label}
      </span>
      <CapabilityBadges kind={model.kind} capabilities={model.capabilities} />
    </span>
  );
}

function Facts({ model }: { model: ModelJson }) {
  const t = useTranslations('models');
  const locale = useLocale();
  const { price, health } = model;
  const facts: [label: string, value: ReactNode, note?: string][] = [
    [t('models.context'), model.context_window === null ? '—' : sizeShort(model.context_window, locale), t('detail.tokens')],
    [t('detail.maxOutput'), model.max_output_tokens === null ? '—' : sizeShort(model.max_output_tokens, locale), t('detail.tokens')],
    [
      t('models.input'),
      price ? moneyRate(price.input_usd) : t('models.unpriced'),
      price?.cached_input_usd ? t('models.cachedAt', { rate: moneyRate(price.cached_input_usd) }) : undefined,
    ],
    [t('models.output'), price ? moneyRate(price.output_usd) : t('models.unpriced'), price?.tiered ? t('models.tiered') : undefined],
    [t('models.latency'), health ? duration(health.ttft_p50_ms) : '—', health ? t('detail.p95', { p95: duration(health.ttft_p95_ms) }) : t('models.quiet')],
    [
      t('models.uptime'),
      health && health.uptime !== null ? percent(health.uptime, 1, locale) : '—',
      health ? t('detail.whole', { time: duration(health.duration_p50_ms) }) : t('models.quiet'),
    ],
  ];
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
      {facts.map(([label, value, note]) => (
        <Card key={label} className="grid content-start gap-0.5 p-3">
          <dt className="text-xs text-muted-foreground">{label}</dt>
          <dd className="figures text-lg">{value}</dd>
          {note && <dd className="text-xs text-muted-foreground">{note}</dd>}
        </Card>
      ))}
    </dl>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 className="text-lg">{title}</h2>
      {children}
    </section>
  );
}
