'use client';

import { Gauge } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState, NoMatches } from '@/components/patterns/states';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import { Skeleton } from '@/components/ui/skeleton';
import { moneyToNumber } from '@/lib/format/money';
import type { BudgetView } from '@/lib/services/budgets/budget-view';
import type { ScopeChoices } from '@/lib/services/budgets/list-scope-choices';
import type { PlanBudget as PlanBudgetView } from '@/lib/services/budgets/read-plan-budget';
import { type BudgetActions, SCOPES, STATES } from './budget-actions';
import { BudgetDialog } from './budget-dialog';
import { BudgetsTable } from './budgets-table';
import { PlanBudget } from './plan-budget';

/** The drawing and the form come after the list. */
const RopePanel = dynamic(() => import('./rope-panel').then((module) => module.RopePanel), {
  ssr: false,
  loading: () => <Skeleton className="mb-4 h-64 rounded-lg" />,
});

interface BudgetsPageProps {
  org: string;
  budgets: BudgetView[];
  /** What the plan allows besides; null: no limit of its own. */
  planBudget: PlanBudgetView | null;
  /** What a budget can be for; null for readers. */
  choices: ScopeChoices | null;
  grantedBy: string[] | null;
  actions: BudgetActions;
}

export function BudgetsPage({ org, budgets, planBudget, choices, grantedBy, actions }: BudgetsPageProps) {
  const t = useTranslations('budgets');
  const router = useRouter();
  const [filter, setFilter] = useQueryStates({ scope: parseAsStringLiteral(SCOPES), state: parseAsStringLiteral(STATES), show: parseAsString });
  /** `new`, or the budget that is changed. */
  const [editing, setEditing] = useState<BudgetView | 'new' | null>(null);
  const [deleting, setDeleting] = useState<BudgetView | null>(null);

  const shown = budgets.filter(({ scope, state }) => (!filter.scope || scope.type === filter.scope) && (!filter.state || state === filter.state));
  const drawn = budgets.find(({ id }) => id === filter.show) ?? [...budgets].sort((a, b) => shareOf(b) - shareOf(a))[0];
  const reached = budgets.filter(({ state }) => state === 'reached' || state === 'blocked').length;
  const near = budgets.filter(({ state }) => state === 'warning').length;
  const create = choices && <Button onClick={() => setEditing('new')}>{t('create')}</Button>;

  return (
    <>
      <PageHeader title={t('title')} answer={t('answer', { count: budgets.length, reached, near })} actions={create}>
        {budgets.length > 0 && (
          <div className="flex flex-wrap gap-2">
            <NativeSelect
              aria-label={t('filter.scope')}
              className="w-44"
              value={filter.scope ?? ''}
              onChange={(event) => setFilter({ scope: (event.target.value || null) as (typeof SCOPES)[number] | null })}
            >
              <option value="">{t('filter.anyScope')}</option>
              {SCOPES.map((scope) => (
                <option key={scope} value={scope}>
                  {t(`scope.${scope}`)}
                </option>
              ))}
            </NativeSelect>
            <NativeSelect
              aria-label={t('filter.state')}
              className="w-44"
              value={filter.state ?? ''}
              onChange={(event) => setFilter({ state: (event.target.value || null) as (typeof STATES)[number] | null })}
            >
              <option value="">{t('filter.anyState')}</option>
              {STATES.map((state) => (
                <option key={state} value={state}>
                  {t(`state.${state}`)}
                </option>
              ))}
            </NativeSelect>
          </div>
        )}
      </PageHeader>
      {planBudget && <PlanBudget budget={planBudget} className="mb-4 rounded-lg border bg-surface px-4 py-3 text-sm" />}
      {grantedBy && (
        <Alert variant="info" className="mb-4">
          <AlertTitle className="font-normal">{t('readOnly', { who: grantedBy.join(', ') })}</AlertTitle>
        </Alert>
      )}
      {budgets.length === 0 ? (
        <EmptyState icon={Gauge} title={t('empty.title')} why={t('empty.why')} action={create} />
      ) : shown.length === 0 ? (
        <NoMatches onClear={() => setFilter(null)} />
      ) : (
        <>
          {drawn && <RopePanel org={org} id={drawn.id} />}
          <BudgetsTable
            org={org}
            budgets={shown}
            drawn={drawn?.id ?? null}
            canWrite={choices !== null}
            onShow={({ id }) => void setFilter({ show: id })}
            onEdit={setEditing}
            onDelete={setDeleting}
          />
        </>
      )}
      {choices && (
        <BudgetDialog org={org} target={editing} choices={choices} actions={actions} onClose={() => setEditing(null)} onSaved={() => router.refresh()} />
      )}
      <ConfirmDialog
        open={deleting !== null}
        title={t('delete.title')}
        lead={t(deleting?.action === 'warn' ? 'delete.leadWarn' : 'delete.lead')}
        confirm={t('delete.action')}
        act={() => actions.remove(org, { id: deleting?.id ?? '' })}
        onClose={() => setDeleting(null)}
        onDone={() => router.refresh()}
      />
    </>
  );
}

/** How near a budget is to its limit. */
function shareOf({ spentUsd, limitUsd }: BudgetView): number {
  return moneyToNumber(limitUsd) === 0 ? Number.POSITIVE_INFINITY : moneyToNumber(spentUsd) / moneyToNumber(limitUsd);
}
