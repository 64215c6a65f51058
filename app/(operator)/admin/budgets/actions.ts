'use server';

import { operatorAction } from '@/lib/http/action';
import { RemoveOperatorBudgetInput, removeOperatorBudget } from '@/lib/services/operator/budgets/remove-operator-budget';
import { SaveOperatorBudgetInput, saveOperatorBudget } from '@/lib/services/operator/budgets/save-operator-budget';

export const saveOperatorBudgetAction = operatorAction(SaveOperatorBudgetInput, saveOperatorBudget);
export const removeOperatorBudgetAction = operatorAction(RemoveOperatorBudgetInput, removeOperatorBudget);
