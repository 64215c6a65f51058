'use client';

import { Building2 } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { CardTable } from '@/components/operator/card-table';
import { FilterForm } from '@/components/operator/filter-form';
import { Pager, withQuery } from '@/components/operator/pager';
import { Money } from '@/components/patterns/money';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState, NoMatches } from '@/components/patterns/states';
import { StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { count } from '@/lib/format/numbers';
import type { TenantPage } from '@/lib/services/operator/tenants/list-tenants';

interface TenantsPageProps {
  tenants: TenantPage;
  plans: { id: string; name: string }[];
  filter: { q: string; plan: string; state: string };
}

export function TenantsPage({ tenants, plans, filter }: TenantsPageProps) {
  const t = useTranslations('operatorTenants');
  const common = useTranslations('common');
  const locale = useLocale();
  const isFiltered = filter.q !== '' || filter.plan !== '' || filter.state !== '';
  const columns = (['name', 'plan', 'revenue', 'margin', 'requests', 'available', 'active'] as const).map((id) => ({
    id,
    label: t(`column.${id}`),
    numeric: ['revenue', 'margin', 'requests', 'available'].includes(id),
  }));
  const go = (page: number) => withQuery('/admin/tenants', { ...filter, page: page > 1 ? page : null });
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer', { count: tenants.total })}>
        <FilterForm path="/admin/tenants">
          <Field label={t('search')} className="flex-1 sm:max-w-72">
            <Input name="q" type="search" defaultValue={filter.q} maxLength={100} />
          </Field>
          <Field label={t('column.plan')}>
            <NativeSelect name="plan" defaultValue={filter.plan}>
              <option value="">{t('anyPlan')}</option>
              {plans.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </NativeSelect>
          </Field>
          <Field label={t('state')}>
            <NativeSelect name="state" defaultValue={filter.state}>
              <option value="">{t('anyState')}</option>
              <option value="active">{t('active')}</option>
              <option value="suspended">{t('suspended')}</option>
            </NativeSelect>
          </Field>
        </FilterForm>
      </PageHeader>
      {tenants.data.length === 0 ? (
        isFiltered ? (
          <NoMatches
            clear={
              <Button variant="outline" asChild>
                <Link href="/admin/tenants">{common('clearFilters')}</Link>
              </Button>
            }
          />
        ) : (
          <EmptyState icon={Building2} title={t('empty.title')} why={t('empty.why')} />
        )
      ) : (
        <CardTable
          label={t('title')}
          columns={columns}
          rows={tenants.data.map((tenant) => ({
            id: tenant.id,
            muted: tenant.suspended,
            cells: [
              <span key="name">
                <Link href={`/admin/tenants/${tenant.slug}`} className="rounded-sm underline decoration-border underline-offset-4 hover:decoration-foreground">
                  {tenant.name}
                </Link>
                <span className="block text-xs font-normal break-all text-muted-foreground">{tenant.owner}</span>
                {tenant.suspended && <StatusBadge status="blocked" label={t('suspended')} />}
              </span>,
              tenant.plan.name,
              <Money key="revenue" usd={tenant.revenue_usd} />,
              <Money key="margin" usd={tenant.margin_usd} />,
              count(tenant.requests, locale),
              <Money key="available" usd={tenant.available_usd} />,
              tenant.lastActiveAt ? <Time key="active" iso={tenant.lastActiveAt} /> : <span key="active">{common('never')}</span>,
            ],
          }))}
        />
      )}
      <Pager newer={tenants.page > 1 ? go(tenants.page - 1) : null} older={tenants.page < tenants.pages ? go(tenants.page + 1) : null} label={t('pageOf', { page: tenants.page, pages: tenants.pages })} />
    </>
  );
}
