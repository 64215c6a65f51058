'use client';

import { Trash2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { CardTable } from '@/components/operator/card-table';
import { readForm } from '@/components/operator/form-values';
import { useRun } from '@/components/operator/use-run';
import { PageHeader } from '@/components/patterns/page-header';
import { SectionCard } from '@/components/patterns/section-card';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { moneyShort } from '@/lib/format/money';
import type { ActionResult } from '@/lib/http/action';
import type { BudgetPlace } from '@/lib/services/operator/budgets/list-budget-places';
import type { OperatorBudgetView } from '@/lib/services/operator/budgets/operator-budget-view';

const PERIODS = ['day', 'week', 'month', 'total'] as const;
const BADGES = { ok: 'default', warning: 'warning', reached: 'danger', blocked: 'danger' } as const;

type Place = OperatorBudgetView['scope']['type'];

interface SaveInput {
  scopeType: Place;
  scopeId: string;
  limitUsd: string;
  period: OperatorBudgetView['period'];
  resetDay: number | null;
  action: OperatorBudgetView['action'];
}

interface OperatorBudgetsPageProps {
  budgets: OperatorBudgetView[];
  places: BudgetPlace[];
  /** Dollars of included credit a day, for all organizations together. */
  creditCap: string;
  saveCap: (input: { usdPerDay: string }) => Promise<ActionResult<string>>;
  save: (input: SaveInput) => Promise<ActionResult<OperatorBudgetView>>;
  remove: (input: { id: string }) => Promise<ActionResult<{ id: string }>>;
}

/** What the installation itself may spend at providers, and what a plan allows each of its organizations. */
export function OperatorBudgetsPage({ budgets, places, creditCap, saveCap, save, remove }: OperatorBudgetsPageProps) {
  const t = useTranslations('operatorBudgets');
  const locale = useLocale();
  const { pending, run } = useRun();
  const columns = (['scope', 'limit', 'spent', 'resets', 'action'] as const).map((id) => ({ id, label: t(`column.${id}`), numeric: id === 'limit' || id === 'spent' }));
  const day = (at: string | null) => (at === null ? t('never') : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(at)));
  const nameOf = ({ type, label }: Pick<OperatorBudgetView['scope'], 'type' | 'label'>) => (type === 'platform' ? t('scope.platform') : `${t(`scope.${type}`)}: ${label}`);
  return (
    <>
      <PageHeader title={t('title')} answer={budgets.length === 0 ? t('none') : t('answer', { count: budgets.length, tight: budgets.filter(({ state }) => state !== 'ok').length })} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {budgets.length > 0 && (
          <CardTable
            label={t('title')}
            columns={columns}
            actionsLabel={t('column.actions')}
            rows={budgets.map((budget) => ({
              id: budget.id,
              cells: [
                nameOf(budget.scope),
                <span key="limit" className="figures">
                  {t('limit', { amount: moneyShort(budget.limitUsd), period: budget.period })}
                </span>,
                <span key="spent" className="inline-flex items-center gap-2">
                  <span className="figures">{moneyShort(budget.spentUsd)}</span>
                  <Badge variant={BADGES[budget.state]}>{t(`state.${budget.state}`)}</Badge>
                </span>,
                day(budget.resetsAt),
                t(`action.${budget.action}`),
              ],
              actions: (
                <Button variant="ghost" size="icon" aria-label={t('remove', { name: nameOf(budget.scope) })} disabled={pending} onClick={() => void run(() => remove({ id: budget.id }), t('removed'))}>
                  <Trash2 aria-hidden />
                </Button>
              ),
            }))}
          />
        )}
        <NewBudget places={places} nameOf={nameOf} pending={pending} onSave={(input) => run(() => save(input), t('saved'))} />
        <CreditCap usdPerDay={creditCap} pending={pending} onSave={(usdPerDay) => run(() => saveCap({ usdPerDay }), t('saved'))} />
      </div>
    </>
  );
}

interface NewBudgetProps {
  places: BudgetPlace[];
  nameOf: (place: Pick<BudgetPlace, 'type' | 'label'>) => string;
  pending: boolean;
  onSave: (input: SaveInput) => Promise<OperatorBudgetView | null>;
}

function NewBudget({ places, nameOf, pending, onSave }: NewBudgetProps) {
  const t = useTranslations('operatorBudgets');
  const [period, setPeriod] = useState<SaveInput['period']>('month');

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const { text, whole } = readForm(new FormData(form));
    const place = places[Number(text('place'))];
    if (!place) return;
    const saved = await onSave({
      scopeType: place.type,
      scopeId: place.id,
      limitUsd: text('limitUsd'),
      period,
      resetDay: whole('resetDay'),
      action: text('action') === 'warn' ? 'warn' : 'block',
    });
    if (saved) form.reset();
  }

  return (
    <SectionCard title={t('new')} lead={t('lead')}>
      <form onSubmit={(event) => void submit(event)} className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-3">
        <Field label={t('field.scope')}>
          <NativeSelect name="place">
            {places.map((place, index) => (
              <option key={`${place.type}/${place.id}`} value={index}>
                {nameOf(place)}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field label={t('field.limit')}>
          <Input name="limitUsd" required inputMode="decimal" placeholder="100.00" autoComplete="off" className="figures" />
        </Field>
        <Field label={t('field.period')}>
          <NativeSelect value={period} onChange={(event) => setPeriod(event.target.value as SaveInput['period'])}>
            {PERIODS.map((name) => (
              <option key={name} value={name}>
                {t(`period.${name}`)}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field label={t('field.resetDay')}>
          <Input name="resetDay" type="number" min={1} max={period === 'week' ? 7 : 31} disabled={period === 'day' || period === 'total'} placeholder="1" className="figures" />
        </Field>
        <Field label={t('field.action')}>
          <NativeSelect name="action">
            <option value="block">{t('action.block')}</option>
            <option value="warn">{t('action.warn')}</option>
          </NativeSelect>
        </Field>
        <Button type="submit" pending={pending}>
          {t('create')}
        </Button>
      </form>
    </SectionCard>
  );
}

function CreditCap({ usdPerDay, pending, onSave }: { usdPerDay: string; pending: boolean; onSave: (usdPerDay: string) => Promise<string | null> }) {
  const t = useTranslations('operatorBudgets');
  return (
    <SectionCard title={t('cap.title')} lead={t('cap.lead')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void onSave(readForm(new FormData(event.currentTarget)).text('usdPerDay'));
        }}
        className="flex flex-wrap items-end gap-3"
      >
        <Field label={t('cap.field')}>
          <Input key={usdPerDay} name="usdPerDay" required inputMode="decimal" defaultValue={usdPerDay.replace(/0{4}$/, '')} autoComplete="off" className="figures" />
        </Field>
        <Button type="submit" variant="outline" pending={pending}>
          {t('cap.save')}
        </Button>
      </form>
    </SectionCard>
  );
}
