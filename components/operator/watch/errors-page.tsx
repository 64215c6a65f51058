'use client';

import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Sparkline } from '@/components/charts/sparkline';
import { CardTable } from '@/components/operator/card-table';
import { FilterForm } from '@/components/operator/filter-form';
import { withQuery } from '@/components/operator/pager';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState } from '@/components/patterns/states';
import { Time } from '@/components/patterns/time';
import { Badge } from '@/components/ui/badge';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/native-select';
import { count } from '@/lib/format/numbers';
import type { ErrorGroup } from '@/lib/services/operator/watch/list-errors';

const DAYS = [1, 7, 31] as const;

export function ErrorsPage({ errors, days }: { errors: ErrorGroup[]; days: number }) {
  const t = useTranslations('operatorWatch');
  const locale = useLocale();
  const columns = (['error', 'where', 'count', 'organizations', 'trend', 'last'] as const).map((id) => ({ id, label: t(`errors.${id}`), numeric: id === 'count' || id === 'organizations' }));
  return (
    <>
      <PageHeader title={t('errors.title')} answer={t('errors.answer', { groups: errors.length, count: errors.reduce((sum, group) => sum + group.count, 0) })}>
        <FilterForm path="/admin/errors">
          <Field label={t('filter.days')}>
            <NativeSelect name="days" defaultValue={String(days)}>
              {DAYS.map((one) => (
                <option key={one} value={one}>
                  {t('filter.lastDays', { days: one })}
                </option>
              ))}
            </NativeSelect>
          </Field>
        </FilterForm>
      </PageHeader>
      {errors.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t('errors.none')} why={t('errors.noneWhy')} />
      ) : (
        <CardTable
          label={t('errors.title')}
          columns={columns}
          rows={errors.map((group) => ({
            id: `${group.code}/${group.provider}/${group.model}`,
            cells: [
              <span key="error" className="grid gap-0.5">
                <span className="flex flex-wrap items-center gap-2">
                  <Link
                    href={withQuery('/admin/requests', { code: group.code, provider: group.provider, days })}
                    className="figures rounded-sm underline decoration-border underline-offset-4 hover:decoration-foreground"
                  >
                    {group.code}
                  </Link>
                  <Badge variant={group.source === 'provider' ? 'warning' : 'default'}>{t(`errors.source.${group.source}`)}</Badge>
                </span>
                {group.message && <span className="line-clamp-2 max-w-md text-xs font-normal break-words text-muted-foreground">{group.message}</span>}
              </span>,
              <span key="where" className="figures text-xs break-all">
                {group.model ?? '—'}
                {group.provider && ` @ ${group.provider}`}
              </span>,
              count(group.count, locale),
              count(group.organizations, locale),
              <span key="trend" aria-hidden className="block w-24">
                <Sparkline values={group.series} className="h-6 w-full" />
              </span>,
              <Time key="last" iso={group.lastAt} />,
            ],
          }))}
        />
      )}
    </>
  );
}
