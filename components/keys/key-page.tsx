import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { RequestTable } from '@/components/logs/request-table';
import { AuditTable } from '@/components/patterns/audit-table';
import { CardTable } from '@/components/patterns/card-table';
import { PageHeader } from '@/components/patterns/page-header';
import { CodeTabs } from '@/components/playground/code-tabs';
import { StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Card } from '@/components/ui/card';
import { moneyShort } from '@/lib/format/money';
import { count, percent } from '@/lib/format/numbers';
import type { RequestJson, UsageSums } from '@/lib/query/types';
import type { KeyPageView } from '@/lib/services/keys/read-key-page';
import { BudgetBar } from './budget-bar';
import { KeyFacts } from './key-facts';
import { KeyTabs } from './key-tabs';
import type { KeyTab } from './key-tab-names';

interface KeyPageProps {
  org: string;
  page: KeyPageView;
  tab: KeyTab;
  /** Ends in /v1. */
  baseUrl: string;
  /** What can be done with it; nothing where the reader may only look. */
  buttons: ReactNode;
  /** Spend by model over thirty days; read for its tab only. */
  usage: ({ id: string } & UsageSums)[];
  requests: RequestJson[];
}

/** One key: its bounds, its rotations, what it cost, what it called, and who changed it. */
export function KeyPage({ org, page: { key, line, errors, activity }, tab, baseUrl, buttons, usage, requests }: KeyPageProps) {
  const t = useTranslations('keys');
  const snippets = useTranslations('snippets');
  const ended = key.status === 'revoked' || key.status === 'expired';
  const revoked = activity.find(({ action, target }) => action === 'key.revoke' && target.id === key.id);
  return (
    <>
      <PageHeader
        eyebrow={
          <Link href={`/${org}/keys`} className="hover:underline">
            {t('title')}
          </Link>
        }
        title={<span className="[overflow-wrap:anywhere]">{key.name}</span>}
        answer={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StatusBadge status={key.status} />
            <code className="figures">
              {key.prefix}…{key.last4}
            </code>
            {key.lastUsedAt && !ended && <span>{t.rich('detail.lastUsed', { time: () => <Time iso={key.lastUsedAt as string} /> })}</span>}
          </span>
        }
        actions={!ended && buttons}
      >
        {key.status === 'revoked' && key.revokedAt && (
          <Alert variant="warning">
            <AlertTitle className="font-normal">
              {t.rich('detail.revoked', { time: () => <Time iso={key.revokedAt as string} />, who: revoked?.actor.label ?? '—' })}
            </AlertTitle>
          </Alert>
        )}
        <KeyTabs org={org} id={key.id} name={key.name} open={tab} />
      </PageHeader>
      {tab === 'overview' && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
          <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start">
            <KeyFacts org={org} view={key} />
            <Card className="grid gap-3 p-4">
              <h2 className="text-base">{t('column.budget')}</h2>
              {key.budget ? <BudgetBar budget={key.budget} /> : <p className="text-sm text-muted-foreground">{t('detail.noBudget')}</p>}
            </Card>
          </div>
          <Section title={t('detail.errors')}>
            {errors.length === 0 ? (
              <p className="text-sm text-muted-foreground">{t('detail.noErrors')}</p>
            ) : (
              <CardTable
                label={t('detail.errors')}
                rows={errors}
                rowKey={({ code }) => code}
                columns={[
                  {
                    id: 'code',
                    label: t('detail.code'),
                    render: ({ code }) => (
                      <Link
                        href={`/${org}/logs?key_id=${line.map(({ id }) => id).join(',')}&error=${encodeURIComponent(code)}&range=7d`}
                        className="figures text-primary hover:underline"
                      >
                        {code}
                      </Link>
                    ),
                  },
                  { id: 'calls', label: t('detail.calls'), render: ({ calls }) => <span className="figures">{calls}</span> },
                  {
                    id: 'last',
                    label: t('detail.last'),
                    render: ({ lastAt, lastId }) => (
                      <Link href={`/${org}/logs/${lastId}`} className="hover:underline">
                        <Time iso={lastAt} />
                      </Link>
                    ),
                  },
                ]}
              />
            )}
          </Section>
          {line.length > 1 && (
            <Section title={t('detail.line')}>
              <ol className="grid gap-2 text-sm">
                {line.map((one) => (
                  <li key={one.id} className="flex flex-wrap items-center gap-3">
                    <Link
                      href={`/${org}/keys/${one.id}`}
                      aria-current={one.id === key.id ? 'true' : undefined}
                      className="figures hover:underline aria-[current]:font-semibold"
                    >
                      …{one.last4}
                    </Link>
                    <StatusBadge status={one.status} />
                    <span className="text-muted-foreground">
                      <Time iso={one.createdAt} />
                    </span>
                  </li>
                ))}
              </ol>
            </Section>
          )}
          {key.kind === 'inference' && !ended && (
            <Section title={t('detail.use')}>
              <Card className="p-4">
                <CodeTabs baseUrl={baseUrl} body={{ model: key.models?.[0] ?? 'fast-chat', messages: [{ role: 'user', content: snippets('prompt') }] }} />
              </Card>
            </Section>
          )}
        </div>
      )}
      {tab === 'usage' && <Spend org={org} ids={line.map(({ id }) => id)} usage={usage} />}
      {tab === 'requests' && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
          {requests.length === 0 ? <p className="text-base text-muted-foreground">{t('detail.noCalls')}</p> : <RequestTable org={org} requests={requests} />}
          <Link
            href={`/${org}/logs?key_id=${line.map(({ id }) => id).join(',')}`}
            className="justify-self-start text-sm text-primary underline decoration-primary/40 underline-offset-4"
          >
            {t('seeCalls')}
          </Link>
        </div>
      )}
      {tab === 'activity' &&
        (activity.length === 0 ? <p className="text-base text-muted-foreground">{t('detail.noChanges')}</p> : <AuditTable entries={activity} />)}
    </>
  );
}

function Spend({ org, ids, usage }: { org: string; ids: string[]; usage: ({ id: string } & UsageSums)[] }) {
  const t = useTranslations('keys');
  const locale = useLocale();
  const total = usage.reduce((sum, { cost_usd }) => sum + Number(cost_usd), 0);
  if (usage.length === 0) return <p className="text-base text-muted-foreground">{t('detail.noCalls')}</p>;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <CardTable
        label={t('detail.spend')}
        rows={usage}
        rowKey={({ id }) => id}
        columns={[
          {
            id: 'model',
            label: t('detail.model'),
            wide: true,
            render: ({ id }) => (
              <Link href={`/${org}/logs?key_id=${ids.join(',')}&model=${encodeURIComponent(id)}&range=30d`} className="figures hover:underline">
                {id || '—'}
              </Link>
            ),
          },
          { id: 'spend', label: t('detail.cost'), render: ({ cost_usd }) => <span className="figures">{moneyShort(cost_usd)}</span> },
          {
            id: 'share',
            label: t('detail.share'),
            render: ({ cost_usd }) => <span className="figures">{total > 0 ? percent(Number(cost_usd) / total, 0, locale) : '—'}</span>,
          },
          { id: 'calls', label: t('detail.calls'), render: ({ requests }) => <span className="figures">{count(requests, locale)}</span> },
          {
            id: 'failed',
            label: t('detail.failed'),
            render: ({ errors, requests }) => <span className="figures">{requests > 0 ? percent(errors / requests, 1, locale) : '—'}</span>,
          },
        ]}
      />
      <Link
        href={`/${org}/usage?key_id=${ids.join(',')}&range=30d`}
        className="justify-self-start text-sm text-primary underline decoration-primary/40 underline-offset-4"
      >
        {t('detail.allUsage')}
      </Link>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 className="text-lg">{title}</h2>
      {children}
    </section>
  );
}
