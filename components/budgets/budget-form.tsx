'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import { DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { BudgetView } from '@/lib/services/budgets/budget-view';
import type { ScopeChoices } from '@/lib/services/budgets/list-scope-choices';
import { ACTIONS, type Action, type BudgetActions, PERIODS, type Period, SCOPES, type Scope } from './budget-actions';
import { ResetDay } from './reset-day';
import { ScopeField } from './scope-field';

interface BudgetFormProps {
  org: string;
  /** The budget to change; null makes a new one. */
  budget: BudgetView | null;
  choices: ScopeChoices;
  actions: BudgetActions;
  onCancel: () => void;
  onSaved: () => void;
}

export function BudgetForm({ org, budget, choices, actions, onCancel, onSaved }: BudgetFormProps) {
  const t = useTranslations('budgets');
  const common = useTranslations('common');
  const action = useAction();
  const [scopeType, setScopeType] = useState<Scope>('organization');
  const [scopeId, setScopeId] = useState('');
  const [period, setPeriod] = useState<Period>('month');
  const [kind, setKind] = useState<Action>(budget?.action ?? 'block');
  const problem = (field: 'scopeId' | 'limitUsd' | 'switchTo' | 'warnPercents' | 'resetDay') =>
    action.problemOf(field) === undefined ? undefined : t(`form.problems.${field}`);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const terms = {
      limitUsd: text('limit'),
      action: kind,
      switchTo: kind === 'switch' ? text('switchTo') : null,
      warnPercents: text('warn')
        .split(/[\s,;，、%]+/)
        .filter(Boolean)
        .map(Number),
    };
    void action.run(
      () =>
        budget
          ? actions.update(org, { id: budget.id, ...terms })
          : actions.create(org, { scopeType, scopeId, period, resetDay: text('resetDay') === '' ? null : Number(text('resetDay')), ...terms }),
      onSaved,
    );
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <ProblemAlert problem={action.problem('scopeId', 'limitUsd', 'switchTo', 'warnPercents', 'resetDay')} />
      {!budget && (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t('column.scope')}>
            <NativeSelect
              name="scope"
              value={scopeType}
              onChange={(event) => {
                setScopeType(event.target.value as Scope);
                setScopeId('');
              }}
            >
              {SCOPES.map((scope) => (
                <option key={scope} value={scope}>
                  {t(`scope.${scope}`)}
                </option>
              ))}
            </NativeSelect>
          </Field>
          {scopeType !== 'organization' && <ScopeField type={scopeType} value={scopeId} onChange={setScopeId} choices={choices} error={problem('scopeId')} />}
        </div>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('form.limit')} hint={t('form.limitHint')} error={problem('limitUsd')}>
          <Input
            name="limit"
            required
            inputMode="decimal"
            pattern="\d{1,9}(\.\d{1,9})?"
            placeholder="5.00"
            autoComplete="off"
            className="figures"
            defaultValue={budget?.limitUsd.replace(/(\.\d\d\d*?)0+$/, '$1')}
          />
        </Field>
        {!budget && (
          <Field label={t('form.period')}>
            <NativeSelect name="period" value={period} onChange={(event) => setPeriod(event.target.value as Period)}>
              {PERIODS.map((each) => (
                <option key={each} value={each}>
                  {t(`period.${each}`)}
                </option>
              ))}
            </NativeSelect>
          </Field>
        )}
        {!budget && (period === 'week' || period === 'month') && <ResetDay key={period} period={period} error={problem('resetDay')} />}
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('form.action')} hint={t(`kindHint.${kind}`)}>
          <NativeSelect name="action" value={kind} onChange={(event) => setKind(event.target.value as Action)}>
            {ACTIONS.map((each) => (
              <option key={each} value={each}>
                {t(`kind.${each}`)}
              </option>
            ))}
          </NativeSelect>
        </Field>
        {kind === 'switch' && (
          <Field label={t('form.switchTo')} error={problem('switchTo')}>
            <NativeSelect name="switchTo" defaultValue={budget?.switchTo ?? undefined}>
              {choices.aliases.map((alias) => (
                <option key={alias} value={alias}>
                  {alias}
                </option>
              ))}
            </NativeSelect>
          </Field>
        )}
      </div>
      <Field label={t('form.warn')} hint={t('form.warnHint')} error={problem('warnPercents')}>
        <Input name="warn" autoComplete="off" className="figures" defaultValue={(budget?.warnPercents ?? [50, 80, 100]).join(', ')} />
      </Field>
      <DialogFooter className="mt-1">
        <Button variant="outline" onClick={onCancel}>
          {common('cancel')}
        </Button>
        <Button type="submit" pending={action.pending}>
          {budget ? common('save') : t('create')}
        </Button>
      </DialogFooter>
    </form>
  );
}
