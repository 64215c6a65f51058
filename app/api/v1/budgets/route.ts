import { managementRoute } from '@/lib/http/management-route';
import { createBudget } from '@/lib/services/budgets/create-budget';
import { listBudgets } from '@/lib/services/budgets/list-budgets';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { OperatorBudgetAnswer } from '@/lib/services/management/answers/installation';
import { BudgetAnswer } from '@/lib/services/management/answers/people';
import { CreateBudgetBody, inScope, toBudgetJson, toOperatorBudget, toOrgBudget } from '@/lib/services/management/budget-body';
import { mapPage, pageInOrder, pageSchema } from '@/lib/services/management/page';
import { listOperatorBudgets } from '@/lib/services/operator/budgets/list-operator-budgets';
import { saveOperatorBudget } from '@/lib/services/operator/budgets/save-operator-budget';

export const GET = managementRoute({
  summary: 'List budgets, newest first; for an operator its own',
  scope: 'budgets',
  query: pageSchema,
  answer: pageAnswer(BudgetAnswer),
  operatorAnswer: pageAnswer(OperatorBudgetAnswer),
  org: async ({ ctx, query }) => mapPage(pageInOrder(await listBudgets({ ctx }), query), toBudgetJson),
  operator: async ({ ctx, query }) => mapPage(pageInOrder(await listOperatorBudgets({ ctx }), query), toBudgetJson),
});

export const POST = managementRoute({
  summary: 'Set a budget; it counts from now on',
  scope: 'budgets',
  body: CreateBudgetBody,
  status: 201,
  answer: BudgetAnswer,
  operatorAnswer: OperatorBudgetAnswer,
  org: async ({ ctx, body }) => toBudgetJson(await inScope(createBudget({ ctx, input: toOrgBudget(body) }))),
  operator: async ({ ctx, body }) => toBudgetJson(await inScope(saveOperatorBudget({ ctx, input: toOperatorBudget(body) }))),
});
