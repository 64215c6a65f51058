import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { FilterForm } from '@/components/operator/filter-form';
import { Pager, withQuery } from '@/components/operator/pager';
import { AuditTable } from '@/components/patterns/audit-table';
import { PageHeader } from '@/components/patterns/page-header';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { OperatorAuditView } from '@/lib/services/operator/watch/list-operator-audit';

interface AuditPageProps {
  entries: OperatorAuditView[];
  /** Where the next page begins; null: this is the last. */
  older: string | null;
  filter: { action: string; actor: string; cursor: string };
}

/** Who changed what. Entries are only ever added; the database refuses to change one. */
export function AuditPage({ entries, older, filter: { cursor, ...filter } }: AuditPageProps) {
  const t = useTranslations('operatorWatch');
  return (
    <>
      <PageHeader
        title={t('audit.title')}
        answer={t('audit.answer')}
        actions={
          <Button asChild variant="outline">
            <a href={withQuery('/api/operator/audit/export', filter)} download>
              <Download aria-hidden />
              {t('audit.export')}
            </a>
          </Button>
        }
      >
        <FilterForm path="/admin/audit">
          <Field label={t('audit.action')}>
            <Input name="action" defaultValue={filter.action} placeholder="provider" maxLength={60} className="figures" />
          </Field>
          <Field label={t('audit.actor')}>
            <Input name="actor" defaultValue={filter.actor} maxLength={100} />
          </Field>
        </FilterForm>
      </PageHeader>
      {entries.length === 0 ? (
        <p className="rounded-lg border bg-surface px-4 py-8 text-center text-sm text-muted-foreground">{t('audit.none')}</p>
      ) : (
        <AuditTable entries={entries} />
      )}
      <Pager newer={cursor === '' ? null : withQuery('/admin/audit', filter)} older={older === null ? null : withQuery('/admin/audit', { ...filter, cursor: older })} />
    </>
  );
}
