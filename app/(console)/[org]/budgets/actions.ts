'use server';

import { action } from '@/lib/http/action';
import { CreateBudgetInput, createBudget } from '@/lib/services/budgets/create-budget';
import { deleteBudget } from '@/lib/services/budgets/delete-budget';
import { BudgetIdInput } from '@/lib/services/budgets/get-budget';
import { UpdateBudgetInput, updateBudget } from '@/lib/services/budgets/update-budget';

export const createBudgetAction = action(CreateBudgetInput, createBudget);
export const updateBudgetAction = action(UpdateBudgetInput, updateBudget);
export const deleteBudgetAction = action(BudgetIdInput, deleteBudget);
