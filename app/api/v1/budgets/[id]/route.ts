import { managementRoute } from '@/lib/http/management-route';
import { deleteBudget } from '@/lib/services/budgets/delete-budget';
import { getBudget } from '@/lib/services/budgets/get-budget';
import { updateBudget } from '@/lib/services/budgets/update-budget';
import { DeletedAnswer } from '@/lib/services/management/answers/common';
import { OperatorBudgetAnswer } from '@/lib/services/management/answers/installation';
import { BudgetAnswer } from '@/lib/services/management/answers/people';
import { toBudgetJson, toBudgetTerms, toChangedOperatorBudget, UpdateBudgetBody } from '@/lib/services/management/budget-body';
import { getOperatorBudget } from '@/lib/services/operator/budgets/list-operator-budgets';
import { removeOperatorBudget } from '@/lib/services/operator/budgets/remove-operator-budget';
import { saveOperatorBudget } from '@/lib/services/operator/budgets/save-operator-budget';

export const GET = managementRoute({
  summary: 'Read a budget with its open window and forecast',
  scope: 'budgets',
  answer: BudgetAnswer,
  operatorAnswer: OperatorBudgetAnswer,
  org: async ({ ctx, params }) => toBudgetJson(await getBudget({ ctx, input: { id: params.id ?? '' } })),
  operator: async ({ ctx, params }) => toBudgetJson(await getOperatorBudget({ ctx, input: { id: params.id ?? '' } })),
});

export const PATCH = managementRoute({
  summary: 'Change a limit or what happens at it; scope and period stay',
  scope: 'budgets',
  body: UpdateBudgetBody,
  answer: BudgetAnswer,
  operatorAnswer: OperatorBudgetAnswer,
  org: async ({ ctx, params, body }) =>
    toBudgetJson(
      await updateBudget({
        ctx,
        input: { id: params.id ?? '', ...(body.limit_usd === undefined ? {} : { limitUsd: body.limit_usd }), ...toBudgetTerms(body) },
      }),
    ),
  operator: async ({ ctx, params, body }) =>
    toBudgetJson(await saveOperatorBudget({ ctx, input: toChangedOperatorBudget(await getOperatorBudget({ ctx, input: { id: params.id ?? '' } }), body) })),
});

export const DELETE = managementRoute({
  summary: 'Take a budget away; what was spent stays in the ledger',
  scope: 'budgets',
  answer: DeletedAnswer,
  org: async ({ ctx, params }) => ({ ...(await deleteBudget({ ctx, input: { id: params.id ?? '' } })), deleted: true }),
  operator: async ({ ctx, params }) => ({ ...(await removeOperatorBudget({ ctx, input: { id: params.id ?? '' } })), deleted: true }),
});
