'use client';

import { useTranslations } from 'next-intl';
import { ActionDialog } from '@/components/operator/action-dialog';
import { CardTable } from '@/components/operator/card-table';
import { Time } from '@/components/patterns/time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import type { AliasDetail } from '@/lib/services/aliases';
import type { AliasActions } from './alias-actions';

/** Every version that was in force. Rolling back publishes an old one anew; history is only added to. */
export function AliasVersions({ name, detail, rollBack }: { name: string; detail: AliasDetail; rollBack: AliasActions['rollBack'] }) {
  const t = useTranslations('operatorAliases');
  const columns = (['version', 'targets', 'who', 'note'] as const).map((id) => ({ id, label: t(`versionColumn.${id}`) }));
  if (detail.versions.length === 0) return <p className="text-sm text-muted-foreground">{t('noVersions')}</p>;
  return (
    <CardTable
      label={t('tab.versions')}
      columns={columns}
      actionsLabel={t('versionColumn.actions')}
      rows={detail.versions.map(({ version, document, note, published_by, published_at }) => {
        const isCurrent = version === detail.alias?.version;
        return {
          id: String(version),
          cells: [
            <span key="version" className="inline-flex items-center gap-2">
              <span className="figures">{t('versionOf', { version })}</span>
              {isCurrent && <Badge variant="success">{t('current')}</Badge>}
            </span>,
            <span key="targets" className="figures text-xs break-all">
              {document.targets.map(({ model }) => model).join(' → ')}
            </span>,
            <span key="who">
              {published_by ?? '—'} <Time iso={published_at} className="text-xs text-muted-foreground" />
            </span>,
            note ?? '—',
          ],
          actions: !isCurrent && detail.alias && (
            <ActionDialog
              trigger={
                <Button variant="outline" size="sm">
                  {t('rollBack')}
                </Button>
              }
              title={t('rollBackTitle', { version })}
              lead={t('rollBackLead')}
              submit={t('rollBack')}
              done={t('published')}
              run={() => rollBack({ name, version })}
            />
          ),
        };
      })}
    />
  );
}
