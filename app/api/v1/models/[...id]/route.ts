import { managementRoute } from '@/lib/http/management-route';
import { DeletedAnswer } from '@/lib/services/management/answers/common';
import { InstalledModelAnswer } from '@/lib/services/management/answers/installation';
import { deleteItem, getItem, updateItem } from '@/lib/services/management/installation-item';
import { updateItemBody } from '@/lib/services/management/item-schema';

export const GET = managementRoute({
  summary: 'Read a model of the installation',
  scope: 'models',
  answer: InstalledModelAnswer,
  operator: ({ ctx, params }) => getItem({ ctx, input: { kind: 'models', id: params.id ?? '' } }),
});

export const PATCH = managementRoute({
  summary: 'Change a model; what is not named stays, lists are replaced whole',
  scope: 'models',
  body: updateItemBody('models'),
  answer: InstalledModelAnswer,
  operator: ({ ctx, params, body }) => updateItem({ ctx, input: { kind: 'models', id: params.id ?? '', body } }),
});

export const DELETE = managementRoute({
  summary: 'Remove a model; 409 while something needs it',
  scope: 'models',
  answer: DeletedAnswer,
  operator: ({ ctx, params }) => deleteItem({ ctx, input: { kind: 'models', id: params.id ?? '' } }),
});
