'use server';

import { operatorAction } from '@/lib/http/action';
import { CreditCapInput, saveCreditCap } from '@/lib/services/operator/budgets/credit-cap';
import { RemoveOperatorBudgetInput, removeOperatorBudget } from '@/lib/services/operator/budgets/remove-operator-budget';
import { SaveOperatorBudgetInput, saveOperatorBudget } from '@/lib/services/operator/budgets/save-operator-budget';

export const saveOperatorBudgetAction = operatorAction(SaveOperatorBudgetInput, saveOperatorBudget);
export const removeOperatorBudgetAction = operatorAction(RemoveOperatorBudgetInput, removeOperatorBudget);
export const saveCreditCapAction = operatorAction(CreditCapInput, saveCreditCap);
