import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OperatorBudgetsPage } from '@/components/operator/budgets/operator-budgets-page';
import { requireOperator } from '@/lib/auth/require';
import { listOperatorBudgets } from '@/lib/services/operator/budgets/list-operator-budgets';
import { getCreditCap } from '@/lib/services/operator/budgets/credit-cap';
import { listBudgetPlaces } from '@/lib/services/operator/budgets/list-budget-places';
import { removeOperatorBudgetAction, saveCreditCapAction, saveOperatorBudgetAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorBudgets'))('title') };
}

export default async function Page() {
  const ctx = await requireOperator();
  const [budgets, places, creditCap] = await Promise.all([listOperatorBudgets({ ctx }), listBudgetPlaces({ ctx }), getCreditCap({ ctx })]);
  return <OperatorBudgetsPage budgets={budgets} places={places} creditCap={creditCap} saveCap={saveCreditCapAction} save={saveOperatorBudgetAction} remove={removeOperatorBudgetAction} />;
}
