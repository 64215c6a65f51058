'use client';

import { useTranslations } from 'next-intl';
import { CardTable } from '@/components/patterns/card-table';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import type { DeliveryView } from '@/lib/services/alerts/deliveries';
import type { AlertActions } from './alert-actions';
import { useToldLine } from './use-sentence';

const LOOKS = { waiting: 'pending', sent: 'completed', failed: 'failed' } as const;

interface DeliveriesTableProps {
  org: string;
  deliveries: DeliveryView[];
  /** Null for readers. */
  retry: AlertActions['retry'] | null;
  onRetried: () => void;
}

/** Messages with their tries, newest first. */
export function DeliveriesTable({ org, deliveries, retry, onRetried }: DeliveriesTableProps) {
  const t = useTranslations('alerts');
  const line = useToldLine();
  const action = useAction();
  return (
    <div className="grid gap-3">
      <ProblemAlert problem={action.problem()} />
      <CardTable
        label={t('tab.history')}
        rows={deliveries}
        rowKey={({ id }) => id}
        columns={[
          { id: 'at', label: t('column.at'), render: ({ createdAt }) => <Time iso={createdAt} format="log" /> },
          { id: 'status', label: t('column.status'), render: ({ status }) => <StatusBadge status={LOOKS[status]} label={t(`delivery.${status}`)} /> },
          { id: 'facts', label: t('column.message'), wide: true, render: ({ facts }) => <span className="[overflow-wrap:anywhere]">{line(facts)}</span> },
          { id: 'channel', label: t('column.channel'), render: ({ channel }) => channel ?? <span className="text-muted-foreground">{t('channel.gone')}</span> },
          {
            id: 'tries',
            label: t('column.tries'),
            wide: true,
            render: ({ attempts, error, nextAt, status }) => (
              <>
                <span className="figures">{attempts}</span>
                {error && <span className="block text-xs break-words text-danger">{error}</span>}
                {status === 'waiting' && attempts > 0 && nextAt && (
                  <span className="block text-xs text-muted-foreground">{t.rich('delivery.next', { time: () => <Time iso={nextAt} /> })}</span>
                )}
              </>
            ),
          },
          ...(retry
            ? [
                {
                  id: 'actions',
                  label: t('column.actions'),
                  quiet: true,
                  wide: true,
                  render: ({ id, status, channel }: DeliveryView) =>
                    status !== 'sent' &&
                    channel && (
                      <div className="flex lg:justify-end">
                        <Button variant="outline" size="sm" disabled={action.pending} onClick={() => action.run(() => retry(org, { id }), onRetried)}>
                          {t('delivery.retry')}
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
