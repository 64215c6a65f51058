'use client';

import { useTranslations } from 'next-intl';
import { Time } from '@/components/patterns/time';
import { Badge } from '@/components/ui/badge';
import { moneyShort } from '@/lib/format/money';
import type { PlanBudget as PlanBudgetView } from '@/lib/services/budgets/read-plan-budget';

const BADGES = { ok: 'default', warning: 'warning', reached: 'danger', blocked: 'danger' } as const;

/** The budget that comes with the plan: above an organization's own ones, and on the operator's page of a tenant. */
export function PlanBudget({ budget, className }: { budget: PlanBudgetView; className?: string }) {
  const t = useTranslations('budgets');
  return (
    <p className={className}>
      {t.rich('plan', {
        plan: budget.plan,
        spent: moneyShort(budget.spentUsd),
        limit: moneyShort(budget.limitUsd),
        period: t(`per.${budget.period}`),
        figures: (words) => <span className="figures font-medium">{words}</span>,
      })}{' '}
      {budget.resetsAt !== null && <span className="text-muted-foreground">{t.rich('planResets', { at: () => <Time key="at" iso={budget.resetsAt ?? ''} format="full" /> })} </span>}
      <Badge variant={BADGES[budget.state]}>{t(`state.${budget.state}`)}</Badge>
    </p>
  );
}
