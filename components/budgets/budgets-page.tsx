'use client';

import { Gauge } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { PageHeader } from '@/components/patterns/page-header';
import { EmptyState, NoMatches } from '@/components/patterns/states';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import type { BudgetView } from '@/lib/services/budgets/budget-view';
import type { ScopeChoices } from '@/lib/services/budgets/list-scope-choices';
import { type BudgetActions, SCOPES, STATES } from './budget-actions';
import { BudgetDialog } from './budget-dialog';
import { BudgetsTable } from './budgets-table';

interface BudgetsPageProps {
  org: string;
  budgets: BudgetView[];
  /** What a budget can be for; null for readers. */
  choices: ScopeChoices | null;
  grantedBy: string[] | null;
  actions: BudgetActions;
}

export function BudgetsPage({ org, budgets, choices, grantedBy, actions }: BudgetsPageProps) {
  const t = useTranslations('budgets');
  const router = useRouter();
  const [filter, setFilter] = useQueryStates({ scope: parseAsStringLiteral(SCOPES), state: parseAsStringLiteral(STATES) });
  /** `new`, or the budget that is changed. */
  const [editing, setEditing] = useState<BudgetView | 'new' | null>(null);
  const [deleting, setDeleting] = useState<BudgetView | null>(null);

  const shown = budgets.filter(({ scope, state }) => (!filter.scope || scope.type === filter.scope) && (!filter.state || state === filter.state));
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
        <BudgetsTable org={org} budgets={shown} canWrite={choices !== null} onEdit={setEditing} onDelete={setDeleting} />
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
