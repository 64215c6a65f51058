import { managementRoute } from '@/lib/http/management-route';
import { deleteBudget } from '@/lib/services/budgets/delete-budget';
import { getBudget } from '@/lib/services/budgets/get-budget';
import { updateBudget } from '@/lib/services/budgets/update-budget';
import { DeletedAnswer } from '@/lib/services/management/answers/common';
import { BudgetAnswer } from '@/lib/services/management/answers/people';
import { toBudgetTerms, UpdateBudgetBody } from '@/lib/services/management/budget-body';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const GET = managementRoute({
  summary: 'Read a budget with its open window and forecast',
  scope: 'budgets',
  answer: BudgetAnswer,
  org: async ({ ctx, params }) => toSnakeCase(await getBudget({ ctx, input: { id: params.id ?? '' } })),
});

export const PATCH = managementRoute({
  summary: 'Change a limit or what happens at it; scope and period stay',
  scope: 'budgets',
  body: UpdateBudgetBody,
  answer: BudgetAnswer,
  org: async ({ ctx, params, body }) =>
    toSnakeCase(
      await updateBudget({
        ctx,
        input: { id: params.id ?? '', ...(body.limit_usd === undefined ? {} : { limitUsd: body.limit_usd }), ...toBudgetTerms(body) },
      }),
    ),
});

export const DELETE = managementRoute({
  summary: 'Take a budget away; what was spent stays in the ledger',
  scope: 'budgets',
  answer: DeletedAnswer,
  org: async ({ ctx, params }) => ({ ...(await deleteBudget({ ctx, input: { id: params.id ?? '' } })), deleted: true }),
});
