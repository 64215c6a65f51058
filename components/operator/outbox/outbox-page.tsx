'use client';

import { Mail } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { CardTable } from '@/components/patterns/card-table';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState, NoMatches } from '@/components/patterns/states';
import { StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { Input } from '@/components/ui/input';
import type { OutboxMailView } from '@/lib/services/operator/list-outbox';

const LOOKS = { sent: 'completed', waiting: 'pending', failed: 'failed', kept: 'expired' } as const;

interface OutboxPageProps {
  mails: OutboxMailView[];
  isFiltered: boolean;
  hasServer: boolean;
}

/** Mails of the installation with their tries; without an SMTP server this is where their links are. */
export function OutboxPage({ mails, isFiltered, hasServer }: OutboxPageProps) {
  const t = useTranslations('outbox');
  const [q, setQ] = useQueryState('q', parseAsString.withDefault('').withOptions({ shallow: false, throttleMs: 300 }));
  return (
    <>
      <PageHeader title={t('title')} answer={hasServer ? t('answerServer') : t('answerNone')}>
        <Input type="search" aria-label={t('search')} placeholder={t('search')} className="w-full sm:w-72" value={q} onChange={(event) => void setQ(event.target.value || null)} />
      </PageHeader>
      {mails.length > 0 ? (
        <CardTable
          label={t('title')}
          rows={mails}
          rowKey={({ id }) => id}
          columns={[
            { id: 'at', label: t('column.at'), render: ({ createdAt }) => <Time iso={createdAt} format="log" /> },
            {
              id: 'status',
              label: t('column.status'),
              render: ({ status, attempts, error }) => (
                <>
                  <StatusBadge status={LOOKS[status]} label={t(`status.${status}`)} />
                  {error && <span className="block text-xs break-words text-danger">{t('error', { attempts, error })}</span>}
                </>
              ),
            },
            { id: 'to', label: t('column.to'), wide: true, render: ({ to }) => <span className="break-all">{to}</span> },
            {
              id: 'mail',
              label: t('column.mail'),
              wide: true,
              render: ({ subject, text }) =>
                text === '' ? (
                  <span className="[overflow-wrap:anywhere]">{subject}</span>
                ) : (
                  <details>
                    <summary className="cursor-pointer rounded-sm [overflow-wrap:anywhere]">{subject}</summary>
                    <p className="mt-2 max-w-[72ch] text-xs whitespace-pre-wrap text-muted-foreground [overflow-wrap:anywhere]">{text}</p>
                  </details>
                ),
            },
          ]}
        />
      ) : isFiltered ? (
        <NoMatches onClear={() => void setQ(null)} />
      ) : (
        <EmptyState icon={Mail} title={t('empty')} why={t('emptyWhy')} />
      )}
    </>
  );
}
