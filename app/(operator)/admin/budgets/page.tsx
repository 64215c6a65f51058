import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OperatorBudgetsPage } from '@/components/operator/budgets/operator-budgets-page';
import { requireOperator } from '@/lib/auth/require';
import { listOperatorBudgets } from '@/lib/services/operator/budgets/list-operator-budgets';
import { listBudgetPlaces } from '@/lib/services/operator/budgets/list-budget-places';
import { removeOperatorBudgetAction, saveOperatorBudgetAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorBudgets'))('title') };
}

export default async function Page() {
  const ctx = await requireOperator();
  const [budgets, places] = await Promise.all([listOperatorBudgets({ ctx }), listBudgetPlaces({ ctx })]);
  return <OperatorBudgetsPage budgets={budgets} places={places} save={saveOperatorBudgetAction} remove={removeOperatorBudgetAction} />;
}
