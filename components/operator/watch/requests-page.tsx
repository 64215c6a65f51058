'use client';

import { ScrollText } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { CardTable } from '@/components/operator/card-table';
import { FilterForm } from '@/components/operator/filter-form';
import { Pager, withQuery } from '@/components/operator/pager';
import { Money } from '@/components/patterns/money';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState } from '@/components/patterns/states';
import { type Status, StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { duration } from '@/lib/format/duration';
import type { OperatorRequest, RequestFilter } from '@/lib/services/operator/watch/list-requests';

const STATUSES = ['completed', 'truncated', 'refused', 'failed', 'interrupted', 'running'] as const;
const DAYS = [1, 7, 31] as const;

export function OperatorRequestsPage({ requests, older, filter }: { requests: OperatorRequest[]; older: string | null; filter: RequestFilter }) {
  const t = useTranslations('operatorWatch');
  const status = useTranslations('status');
  const columns = (['time', 'organization', 'status', 'route', 'cost', 'providerCost', 'duration', 'gateway'] as const).map((id) => ({
    id,
    label: t(`column.${id}`),
    numeric: ['cost', 'providerCost', 'duration', 'gateway'].includes(id),
  }));
  return (
    <>
      <PageHeader title={t('requests.title')} answer={t('requests.answer')}>
        <FilterForm path="/admin/requests">
          <Field label={t('filter.q')} className="flex-1 sm:max-w-64">
            <Input name="q" type="search" defaultValue={filter.q} maxLength={100} className="figures" />
          </Field>
          <Field label={t('column.organization')}>
            <Input name="org" defaultValue={filter.org} maxLength={80} className="figures" />
          </Field>
          <Field label={t('column.status')}>
            <NativeSelect name="status" defaultValue={filter.status}>
              <option value="">{t('filter.any')}</option>
              {STATUSES.map((one) => (
                <option key={one} value={one}>
                  {status(one)}
                </option>
              ))}
            </NativeSelect>
          </Field>
          <Field label={t('filter.provider')}>
            <Input name="provider" defaultValue={filter.provider} maxLength={64} className="figures" />
          </Field>
          <Field label={t('filter.days')}>
            <NativeSelect name="days" defaultValue={String(filter.days)}>
              {DAYS.map((days) => (
                <option key={days} value={days}>
                  {t('filter.lastDays', { days })}
                </option>
              ))}
            </NativeSelect>
          </Field>
          {filter.code && <input type="hidden" name="code" value={filter.code} />}
        </FilterForm>
      </PageHeader>
      {requests.length === 0 ? (
        <EmptyState icon={ScrollText} title={t('requests.empty')} why={t('requests.why')} />
      ) : (
        <CardTable
          label={t('requests.title')}
          columns={columns}
          rows={requests.map((request) => ({
            id: request.id,
            cells: [
              <span key="time">
                <Time iso={request.at} format="log" />
                <span className="figures block text-xs font-normal break-all text-muted-foreground">{request.id}</span>
              </span>,
              <Link key="organization" href={`/admin/tenants/${request.org.slug}`} className="rounded-sm underline decoration-border underline-offset-4">
                {request.org.name}
              </Link>,
              <span key="status">
                <StatusBadge status={request.status as Status} />
                {request.error && <span className="figures block text-xs text-danger">{request.error}</span>}
              </span>,
              <span key="route" className="figures text-xs break-all">
                {request.alias ? `${request.alias} → ` : ''}
                {request.model ?? request.requestedModel}
                {request.provider && ` @ ${request.provider}`}
                {request.attempts > 1 && <span className="block font-sans text-signal">{t(request.fallback ? 'fallback' : 'retried', { attempts: request.attempts })}</span>}
              </span>,
              <Money key="cost" usd={request.cost_usd} />,
              <Money key="providerCost" usd={request.provider_cost_usd} />,
              duration(request.durationMs),
              duration(request.gatewayMs),
            ],
          }))}
        />
      )}
      <Pager newer={filter.before ? withQuery('/admin/requests', { ...filter, before: null }) : null} older={older ? withQuery('/admin/requests', { ...filter, before: older }) : null} />
    </>
  );
}
