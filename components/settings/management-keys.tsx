'use client';

import { KeyRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { KeyActions, KeyView } from '@/components/keys/key-actions';
import { CardTable } from '@/components/patterns/card-table';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState } from '@/components/patterns/states';
import { StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { ManagementKeyDialog } from './management-key-dialog';

interface ManagementKeysProps {
  org: string;
  keys: KeyView[];
  apiUrl: string;
  actions: Pick<KeyActions, 'create' | 'revoke'>;
}

/** Keys for the management API: they change the organization and cannot call models. */
export function ManagementKeys({ org, keys, apiUrl, actions }: ManagementKeysProps) {
  const t = useTranslations('settings.api');
  const common = useTranslations('keys');
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<KeyView | null>(null);
  const add = <Button onClick={() => setAdding(true)}>{t('create')}</Button>;
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer')} actions={add} />
      <div className="grid gap-6">
        {keys.length === 0 ? (
          <EmptyState icon={KeyRound} title={t('empty')} why={t('emptyWhy')} action={add} />
        ) : (
          <CardTable
            label={t('title')}
            rows={keys}
            rowKey={({ id }) => id}
            columns={[
              { id: 'name', label: common('column.name'), wide: true, render: ({ name }) => <span className="font-medium [overflow-wrap:anywhere]">{name}</span> },
              { id: 'key', label: common('column.key'), render: ({ prefix, last4 }) => <span className="figures whitespace-nowrap">{`${prefix}…${last4}`}</span> },
              { id: 'by', label: t('by'), render: ({ createdBy }) => <span className="break-all">{createdBy?.email ?? '—'}</span> },
              { id: 'used', label: common('column.lastUsed'), render: ({ lastUsedAt }) => (lastUsedAt ? <Time iso={lastUsedAt} /> : <span className="text-muted-foreground">{common('never')}</span>) },
              { id: 'status', label: common('column.status'), render: ({ status }) => <StatusBadge status={status} /> },
              {
                id: 'actions',
                label: common('column.actions'),
                quiet: true,
                wide: true,
                render: (key) =>
                  key.status === 'active' && (
                    <div className="flex lg:justify-end">
                      <Button variant="outline" size="sm" onClick={() => setRevoking(key)}>
                        {common('revoke.action')}
                      </Button>
                    </div>
                  ),
              },
            ]}
          />
        )}
        <section className="grid min-w-0 gap-3">
          <h2 className="text-lg font-semibold">{t('use')}</h2>
          <CodeBlock label="curl" code={`curl ${apiUrl}/requests?limit=5 \\\n  -H "Authorization: Bearer $FAIRLEAD_MANAGEMENT_KEY"`} />
          <p className="text-base text-muted-foreground">
            {t.rich('spec', {
              link: (text) => (
                <a href="/api/openapi.json" className="text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary">
                  {text}
                </a>
              ),
            })}
          </p>
        </section>
      </div>
      <ManagementKeyDialog org={org} open={adding} create={actions.create} onClose={() => setAdding(false)} onCreated={() => router.refresh()} />
      <ConfirmDialog
        open={revoking !== null}
        title={common('revoke.title', { name: revoking?.name ?? '' })}
        lead={common('revoke.lead', { last4: revoking?.last4 ?? '' })}
        confirm={common('revoke.submit')}
        act={() => actions.revoke(org, { id: revoking?.id ?? '' })}
        onClose={() => setRevoking(null)}
        onDone={() => router.refresh()}
      />
    </>
  );
}
