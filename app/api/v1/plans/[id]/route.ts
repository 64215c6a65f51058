import { managementRoute } from '@/lib/http/management-route';
import { DeletedAnswer } from '@/lib/services/management/answers/common';
import { PlanAnswer } from '@/lib/services/management/answers/installation';
import { deleteItem, getItem, updateItem } from '@/lib/services/management/installation-item';
import { updateItemBody } from '@/lib/services/management/item-schema';

export const GET = managementRoute({
  summary: 'Read a plan of the installation',
  scope: 'plans',
  answer: PlanAnswer,
  operator: ({ ctx, params }) => getItem({ ctx, input: { kind: 'plans', id: params.id ?? '' } }),
});

export const PATCH = managementRoute({
  summary: 'Change a plan; what is not named stays, lists are replaced whole',
  scope: 'plans',
  body: updateItemBody('plans'),
  answer: PlanAnswer,
  operator: ({ ctx, params, body }) => updateItem({ ctx, input: { kind: 'plans', id: params.id ?? '', body } }),
});

export const DELETE = managementRoute({
  summary: 'Remove a plan; 409 while something needs it',
  scope: 'plans',
  answer: DeletedAnswer,
  operator: ({ ctx, params }) => deleteItem({ ctx, input: { kind: 'plans', id: params.id ?? '' } }),
});
