import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { CardTable } from '@/components/operator/card-table';
import { FilterForm } from '@/components/operator/filter-form';
import { Pager, withQuery } from '@/components/operator/pager';
import { PageHeader } from '@/components/patterns/page-header';
import { Time } from '@/components/patterns/time';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { AuditRow } from '@/lib/services/operator/watch/list-operator-audit';

interface AuditPageProps {
  entries: AuditRow[];
  hasMore: boolean;
  filter: { action: string; actor: string; page: number };
}

/** Who changed what. Entries are only ever added; the database refuses to change one. */
export function AuditPage({ entries, hasMore, filter }: AuditPageProps) {
  const t = useTranslations('operatorWatch');
  const columns = (['time', 'actor', 'action', 'target', 'change'] as const).map((id) => ({ id, label: t(`audit.${id}`) }));
  return (
    <>
      <PageHeader title={t('audit.title')} answer={t('audit.answer')}>
        <FilterForm path="/admin/audit">
          <Field label={t('audit.action')}>
            <Input name="action" defaultValue={filter.action} placeholder="provider." maxLength={60} className="figures" />
          </Field>
          <Field label={t('audit.actor')}>
            <Input name="actor" defaultValue={filter.actor} maxLength={100} />
          </Field>
        </FilterForm>
      </PageHeader>
      {entries.length === 0 ? (
        <p className="rounded-lg border bg-surface px-4 py-8 text-center text-sm text-muted-foreground">{t('audit.none')}</p>
      ) : (
        <CardTable
          label={t('audit.title')}
          columns={columns}
          rows={entries.map((entry) => ({
            id: entry.id,
            cells: [
              <Time key="time" iso={entry.at} format="full" />,
              <span key="actor" className="break-all">
                {entry.actor}
              </span>,
              <span key="action" className="figures">
                {entry.action}
              </span>,
              <span key="target" className="figures text-xs break-all">
                {entry.org ? (
                  <Link href={`/admin/tenants/${entry.org.slug}`} className="underline decoration-border underline-offset-4">
                    {entry.org.name}
                  </Link>
                ) : (
                  entry.target
                )}
              </span>,
              entry.before === null && entry.after === null ? (
                '—'
              ) : (
                <details key="change" className="min-w-0">
                  <summary className="cursor-pointer text-xs text-primary">{t('audit.show')}</summary>
                  <pre className="mt-1 max-w-md overflow-x-auto rounded-md bg-surface-muted p-2 text-xs whitespace-pre-wrap break-all">{describe(entry)}</pre>
                </details>
              ),
            ],
          }))}
        />
      )}
      <Pager
        newer={filter.page > 1 ? withQuery('/admin/audit', { ...filter, page: filter.page - 1 }) : null}
        older={hasMore ? withQuery('/admin/audit', { ...filter, page: filter.page + 1 }) : null}
      />
    </>
  );
}

function describe({ before, after }: AuditRow): string {
  return [before === null ? [] : [`− ${JSON.stringify(before, null, 1)}`], after === null ? [] : [`+ ${JSON.stringify(after, null, 1)}`]].flat().join('\n');
}
