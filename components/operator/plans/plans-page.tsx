'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { CardTable } from '@/components/operator/card-table';
import { PageHeader } from '@/components/patterns/page-header';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { moneyShort } from '@/lib/format/money';
import { countShort } from '@/lib/format/numbers';
import type { PlanView } from '@/lib/services/operator/plans/list-plans';

/** What is sold: each plan with its price, its limits and who is on it. */
export function PlansPage({ plans }: { plans: PlanView[] }) {
  const t = useTranslations('operatorPlans');
  const locale = useLocale();
  const organizations = plans.reduce((sum, plan) => sum + plan.organizations, 0);
  const columns = (['name', 'price', 'models', 'limits', 'organizations', 'monthly'] as const).map((id) => ({ id, label: t(`column.${id}`), numeric: ['price', 'organizations', 'monthly'].includes(id) }));
  const short = (value: number | null) => (value === null ? '∞' : countShort(value, locale));
  return (
    <>
      <PageHeader
        title={t('title')}
        answer={t('answer', { plans: plans.length, organizations })}
        actions={
          <Button asChild>
            <Link href="/admin/plans/new">
              <Plus aria-hidden />
              {t('new')}
            </Link>
          </Button>
        }
      />
      <CardTable
        label={t('title')}
        columns={columns}
        rows={plans.map((plan) => ({
          id: plan.id,
          cells: [
            <span key="name" className="inline-flex flex-wrap items-center gap-2">
              <Link href={`/admin/plans/${encodeURIComponent(plan.id)}`} className="rounded-sm underline decoration-border underline-offset-4 hover:decoration-foreground">
                {plan.name}
              </Link>
              {plan.isDefault && <Badge variant="primary">{t('default')}</Badge>}
              {!plan.public && <Badge>{t('unlisted')}</Badge>}
              {!plan.prepaid && <Badge variant="info">{t('postpaid')}</Badge>}
            </span>,
            moneyShort(plan.price.monthly),
            <span key="models" className="figures text-xs break-words">
              {plan.models.allow.join(', ') || '—'}
              {plan.models.deny.length > 0 && <span className="block text-danger">− {plan.models.deny.join(', ')}</span>}
            </span>,
            <span key="limits" className="text-xs">
              {t('limits', { rpm: short(plan.limits.rpm), tpm: short(plan.limits.tpm), concurrency: short(plan.limits.concurrency) })}
            </span>,
            plan.organizations,
            moneyShort(plan.monthly_usd),
          ],
        }))}
      />
    </>
  );
}
