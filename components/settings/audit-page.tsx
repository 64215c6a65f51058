'use client';

import { Download, History } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState, NoMatches } from '@/components/patterns/states';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { AuditPage as AuditPageData, AuditQuery } from '@/lib/services/audit/list-audit-entries';
import { AuditTable } from '@/components/patterns/audit-table';

const DAYS = [1, 7, 30, 90, 365] as const;

interface AuditPageProps {
  org: string;
  query: AuditQuery;
  page: AuditPageData;
}

/** Who changed what and when, with what it was before. */
export function AuditPage({ org, query, page }: AuditPageProps) {
  const t = useTranslations('audit');
  const [filter, setFilter] = useQueryStates(
    { actor: parseAsString, action: parseAsString, days: parseAsInteger.withDefault(30), cursor: parseAsString },
    { shallow: false, throttleMs: 300 },
  );
  const { entries, nextCursor, actions } = page;
  const isFiltered = Boolean(query.actor || query.action || query.cursor);
  const params = new URLSearchParams(Object.entries({ actor: query.actor, action: query.action, days: String(query.days) }).flatMap(([name, value]) => (value ? [[name, value]] : [])));

  return (
    <>
      <PageHeader
        title={t('title')}
        answer={t('answer')}
        actions={
          <Button asChild variant="outline">
            <a href={`/api/console/${org}/audit/export?${params}`} download>
              <Download aria-hidden />
              {t('export')}
            </a>
          </Button>
        }
      >
        <div className="flex flex-wrap gap-2">
          <Input
            type="search"
            aria-label={t('filter.actor')}
            placeholder={t('filter.actor')}
            className="w-full sm:w-56"
            value={filter.actor ?? ''}
            onChange={(event) => void setFilter({ actor: event.target.value || null, cursor: null })}
          />
          <NativeSelect
            aria-label={t('filter.action')}
            className="w-52 max-w-full"
            value={filter.action ?? ''}
            onChange={(event) => void setFilter({ action: event.target.value || null, cursor: null })}
          >
            <option value="">{t('filter.anyAction')}</option>
            {actions.map((action) => (
              <option key={action} value={action}>
                {action}
              </option>
            ))}
          </NativeSelect>
          <NativeSelect aria-label={t('filter.days')} className="w-44 max-w-full" value={filter.days} onChange={(event) => void setFilter({ days: Number(event.target.value), cursor: null })}>
            {DAYS.map((days) => (
              <option key={days} value={days}>
                {t('days', { days })}
              </option>
            ))}
          </NativeSelect>
        </div>
      </PageHeader>
      {entries.length > 0 ? (
        <AuditTable entries={entries} />
      ) : isFiltered ? (
        <NoMatches onClear={() => void setFilter(null)} />
      ) : (
        <EmptyState icon={History} title={t('empty.title')} why={t('empty.why')} />
      )}
      <div className="mt-4 flex gap-2">
        {query.cursor && (
          <Button variant="outline" onClick={() => void setFilter({ cursor: null })}>
            {t('newest')}
          </Button>
        )}
        {nextCursor && (
          <Button asChild variant="outline">
            <Link href={`?${new URLSearchParams([...params, ['cursor', nextCursor]])}`}>{t('older')}</Link>
          </Button>
        )}
      </div>
    </>
  );
}
