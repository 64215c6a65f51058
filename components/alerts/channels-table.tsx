'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from '@/components/ui/toast';
import { CardTable } from '@/components/patterns/card-table';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import type { ChannelView } from '@/lib/services/alerts/channels';
import type { AlertActions } from './alert-actions';

interface ChannelsTableProps {
  org: string;
  channels: ChannelView[];
  canWrite: boolean;
  test: AlertActions['testChannel'];
  onTested: () => void;
  onDelete: (channel: ChannelView) => void;
}

export function ChannelsTable({ org, channels, canWrite, test, onTested, onDelete }: ChannelsTableProps) {
  const t = useTranslations('alerts');
  const action = useAction();
  const [failed, setFailed] = useState<string | null>(null);

  function run(channel: ChannelView) {
    void action.run(
      () => test(org, { id: channel.id }),
      ({ ok, error }) => {
        setFailed(ok ? null : t('channel.testFailed', { name: channel.name, error: error ?? '' }));
        if (ok) toast.success(t('channel.testSent', { name: channel.name }));
        onTested();
      },
    );
  }

  return (
    <div className="grid gap-3">
      <ProblemAlert problem={action.problem() ?? failed} />
      <CardTable
        label={t('tab.channels')}
        rows={channels}
        rowKey={({ id }) => id}
        columns={[
          { id: 'name', label: t('column.channel'), wide: true, render: ({ name }) => <span className="font-medium [overflow-wrap:anywhere]">{name}</span> },
          { id: 'kind', label: t('column.kind'), render: ({ kind }) => t(`kind.${kind}`) },
          { id: 'hint', label: t('column.target'), render: ({ hint }) => <span className="figures text-xs break-all">{hint}</span> },
          ...(canWrite
            ? [
                {
                  id: 'actions',
                  label: t('column.actions'),
                  quiet: true,
                  wide: true,
                  render: (channel: ChannelView) => (
                    <div className="flex gap-2 lg:justify-end">
                      <Button variant="outline" size="sm" disabled={action.pending} aria-label={t('channel.testNamed', { name: channel.name })} onClick={() => run(channel)}>
                        {t('channel.test')}
                      </Button>
                      <Button variant="outline" size="sm" aria-label={t('delete.named', { name: channel.name })} onClick={() => onDelete(channel)}>
                        {t('delete.action')}
                      </Button>
                    </div>
                  ),
                },
              ]
            : []),
        ]}
      />
    </div>
  );
}
