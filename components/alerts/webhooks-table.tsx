'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from '@/components/ui/toast';
import { CardTable } from '@/components/patterns/card-table';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { SecretReveal } from '@/components/patterns/secret-reveal';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import type { ChannelView } from '@/lib/services/alerts/channels';
import type { WebhookActions } from './webhooks-page';

interface WebhooksTableProps {
  org: string;
  webhooks: ChannelView[];
  actions: WebhookActions;
  onChanged: () => void;
  onDelete: (webhook: ChannelView) => void;
}

export function WebhooksTable({ org, webhooks, actions, onChanged, onDelete }: WebhooksTableProps) {
  const t = useTranslations('alerts');
  const common = useTranslations('common');
  const action = useAction();
  const [failed, setFailed] = useState<string | null>(null);
  const [shown, setShown] = useState<{ webhook: ChannelView; secret: string } | null>(null);
  const show = (webhook: ChannelView, read: WebhookActions['readSecret']) => action.run(() => read(org, { id: webhook.id }), ({ secret }) => setShown({ webhook, secret }));

  return (
    <div className="grid gap-3">
      <ProblemAlert problem={action.problem() ?? failed} />
      <CardTable
        label={t('webhooks.title')}
        rows={webhooks}
        rowKey={({ id }) => id}
        columns={[
          { id: 'name', label: t('column.channel'), render: ({ name }) => <span className="font-medium [overflow-wrap:anywhere]">{name}</span> },
          { id: 'hint', label: t('column.target'), render: ({ hint }) => <span className="figures text-xs break-all">{hint}</span> },
          {
            id: 'actions',
            label: t('column.actions'),
            quiet: true,
            wide: true,
            render: (webhook) => (
              <div className="flex flex-wrap gap-2 lg:justify-end">
                <Button variant="outline" size="sm" disabled={action.pending} aria-label={t('secret.showNamed', { name: webhook.name })} onClick={() => show(webhook, actions.readSecret)}>
                  {t('secret.show')}
                </Button>
                <Button
                  variant="outline"
                  size="sm"
                  disabled={action.pending}
                  aria-label={t('channel.testNamed', { name: webhook.name })}
                  onClick={() =>
                    action.run(
                      () => actions.test(org, { id: webhook.id }),
                      ({ ok, error }) => {
                        setFailed(ok ? null : t('channel.testFailed', { name: webhook.name, error: error ?? '' }));
                        if (ok) toast.success(t('channel.testSent', { name: webhook.name }));
                        onChanged();
                      },
                    )
                  }
                >
                  {t('channel.test')}
                </Button>
                <Button variant="outline" size="sm" aria-label={t('delete.named', { name: webhook.name })} onClick={() => onDelete(webhook)}>
                  {t('delete.action')}
                </Button>
              </div>
            ),
          },
        ]}
      />
      <Dialog open={shown !== null} onOpenChange={(open) => !open && setShown(null)}>
        <DialogContent>
          {shown && (
            <>
              <DialogHeader>
                <DialogTitle>{t('secret.title', { name: shown.webhook.name })}</DialogTitle>
                <DialogDescription>{t('secret.lead')}</DialogDescription>
              </DialogHeader>
              <SecretReveal label={t('secret.label')} secret={shown.secret} hint={t('secret.hint')} />
              <DialogFooter>
                <Button variant="outline" pending={action.pending} onClick={() => show(shown.webhook, actions.rotateSecret)}>
                  {t('secret.rotate')}
                </Button>
                <Button onClick={() => setShown(null)}>{common('close')}</Button>
              </DialogFooter>
            </>
          )}
        </DialogContent>
      </Dialog>
    </div>
  );
}
