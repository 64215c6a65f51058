'use client';

import { Webhook } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState } from '@/components/patterns/states';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import type { ActionResult } from '@/lib/http/action';
import type { ChannelView } from '@/lib/services/alerts/channels';
import type { DeliveryView } from '@/lib/services/alerts/deliveries';
import type { AlertActions } from './alert-actions';
import { ChannelDialog } from './channel-dialog';
import { DeliveriesTable } from './deliveries-table';
import { WebhooksTable } from './webhooks-table';

type Secret = (org: string, input: { id: string }) => Promise<ActionResult<{ secret: string }>>;

export interface WebhookActions {
  create: AlertActions['createChannel'];
  remove: AlertActions['deleteChannel'];
  test: AlertActions['testChannel'];
  readSecret: Secret;
  rotateSecret: Secret;
  retry: AlertActions['retry'];
}

interface WebhooksPageProps {
  org: string;
  webhooks: ChannelView[];
  deliveries: DeliveryView[];
  actions: WebhookActions;
}

const VERIFY = `import { Webhook } from 'standardwebhooks';

const event = new Webhook(secret).verify(rawBody, request.headers);`;

/** Webhooks that this organization receives: address, signing secret, and what was sent. */
export function WebhooksPage({ org, webhooks, deliveries, actions }: WebhooksPageProps) {
  const t = useTranslations('alerts');
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const [deleting, setDeleting] = useState<ChannelView | null>(null);
  const add = <Button onClick={() => setAdding(true)}>{t('webhooks.add')}</Button>;
  return (
    <>
      <PageHeader title={t('webhooks.title')} answer={t('webhooks.answer')} actions={add} />
      {webhooks.length === 0 ? (
        <EmptyState icon={Webhook} title={t('webhooks.empty')} why={t('webhooks.emptyWhy')} action={add} />
      ) : (
        <div className="grid gap-8">
          <WebhooksTable org={org} webhooks={webhooks} actions={actions} onChanged={() => router.refresh()} onDelete={setDeleting} />
          <section className="grid min-w-0 gap-3">
            <h2 className="text-lg font-semibold">{t('webhooks.verify')}</h2>
            <p className="max-w-[72ch] text-base text-muted-foreground">{t('webhooks.verifyLead')}</p>
            <CodeBlock code={VERIFY} label="TypeScript" />
            <p className="text-base text-muted-foreground">
              {t.rich('webhooks.rules', {
                link: (text) => (
                  <Link href={`/${org}/alerts`} className="text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary">
                    {text}
                  </Link>
                ),
              })}
            </p>
          </section>
          {deliveries.length > 0 && (
            <section className="grid gap-3">
              <h2 className="text-lg font-semibold">{t('tab.history')}</h2>
              <DeliveriesTable org={org} deliveries={deliveries} retry={actions.retry} onRetried={() => router.refresh()} />
            </section>
          )}
        </div>
      )}
      <ChannelDialog org={org} open={adding} email="" only="webhook" create={actions.create} onClose={() => setAdding(false)} onCreated={() => router.refresh()} />
      <ConfirmDialog
        open={deleting !== null}
        title={t('delete.title', { name: deleting?.name ?? '' })}
        lead={t('delete.channel')}
        confirm={t('delete.action')}
        act={() => actions.remove(org, { id: deleting?.id ?? '' })}
        onClose={() => setDeleting(null)}
        onDone={() => router.refresh()}
      />
    </>
  );
}
