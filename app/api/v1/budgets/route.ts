import { managementRoute } from '@/lib/http/management-route';
import { createBudget } from '@/lib/services/budgets/create-budget';
import { listBudgets } from '@/lib/services/budgets/list-budgets';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { BudgetAnswer } from '@/lib/services/management/answers/people';
import { CreateBudgetBody, inScope, toBudgetTerms } from '@/lib/services/management/budget-body';
import { pageInOrder, pageSchema } from '@/lib/services/management/page';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const GET = managementRoute({
  summary: 'List budgets, newest first',
  scope: 'budgets',
  query: pageSchema,
  answer: pageAnswer(BudgetAnswer),
  org: async ({ ctx, query }) => toSnakeCase(pageInOrder(await listBudgets({ ctx }), query)),
});

export const POST = managementRoute({
  summary: 'Set a budget; it counts from now on',
  scope: 'budgets',
  body: CreateBudgetBody,
  status: 201,
  answer: BudgetAnswer,
  org: async ({ ctx, body }) =>
    toSnakeCase(
      await inScope(
        createBudget({
          ctx,
          input: {
            scopeType: body.scope.type,
            scopeId: body.scope.id,
            limitUsd: body.limit_usd,
            period: body.period,
            resetDay: body.reset_day,
            ...toBudgetTerms(body),
          },
        }),
      ),
    ),
});
