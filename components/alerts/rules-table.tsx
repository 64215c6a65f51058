'use client';

import { useTranslations } from 'next-intl';
import { CardTable } from '@/components/patterns/card-table';
import { StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { Button } from '@/components/ui/button';
import type { ChannelView } from '@/lib/services/alerts/channels';
import type { RuleView } from '@/lib/services/alerts/rules';
import { useSentence } from './use-sentence';

interface RulesTableProps {
  rules: RuleView[];
  channels: ChannelView[];
  canWrite: boolean;
  onEdit: (rule: RuleView) => void;
  onDelete: (rule: RuleView) => void;
}

export function RulesTable({ rules, channels, canWrite, onEdit, onDelete }: RulesTableProps) {
  const t = useTranslations('alerts');
  const sentence = useSentence();
  const names = new Map(channels.map(({ id, name }) => [id, name]));
  return (
    <CardTable
      label={t('tab.rules')}
      rows={rules}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'name',
          label: t('column.rule'),
          wide: true,
          render: (rule) => (
            <>
              <p className="font-medium [overflow-wrap:anywhere]">{rule.name}</p>
              <p className="text-xs text-muted-foreground">{sentence(rule)}</p>
            </>
          ),
        },
        {
          id: 'channels',
          label: t('column.channels'),
          render: ({ channelIds }) =>
            channelIds.length === 0 ? <span className="text-danger">{t('rule.nowhere')}</span> : channelIds.map((id) => names.get(id) ?? id).join(', '),
        },
        {
          id: 'state',
          label: t('column.state'),
          render: ({ enabled, firingSince, evaluatedAt }) =>
            !enabled ? (
              <StatusBadge status="expired" label={t('state.off')} />
            ) : firingSince ? (
              <StatusBadge status="warning" label={t('state.firing')} />
            ) : (
              <StatusBadge status={evaluatedAt ? 'active' : 'pending'} label={evaluatedAt ? t('state.fine') : t('state.new')} />
            ),
        },
        {
          id: 'looked',
          label: t('column.looked'),
          render: ({ evaluatedAt }) => (evaluatedAt ? <Time iso={evaluatedAt} /> : <span className="text-muted-foreground">—</span>),
        },
        ...(canWrite
          ? [
              {
                id: 'actions',
                label: t('column.actions'),
                quiet: true,
                wide: true,
                render: (rule: RuleView) => (
                  <div className="flex gap-2 lg:justify-end">
                    <Button variant="outline" size="sm" aria-label={t('rule.editNamed', { name: rule.name })} onClick={() => onEdit(rule)}>
                      {t('rule.edit')}
                    </Button>
                    <Button variant="outline" size="sm" aria-label={t('delete.named', { name: rule.name })} onClick={() => onDelete(rule)}>
                      {t('delete.action')}
                    </Button>
                  </div>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
