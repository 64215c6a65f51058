import { managementRoute } from '@/lib/http/management-route';
import { DeletedAnswer } from '@/lib/services/management/answers/common';
import { InstalledAliasAnswer } from '@/lib/services/management/answers/installation';
import { deleteItem, getItem, updateItem } from '@/lib/services/management/installation-item';
import { updateItemBody } from '@/lib/services/management/item-schema';

export const GET = managementRoute({
  summary: 'Read an alias of the installation',
  scope: 'aliases',
  answer: InstalledAliasAnswer,
  operator: ({ ctx, params }) => getItem({ ctx, input: { kind: 'aliases', id: params.id ?? '' } }),
});

export const PATCH = managementRoute({
  summary: 'Change an alias; what is not named stays, lists are replaced whole',
  scope: 'aliases',
  body: updateItemBody('aliases'),
  answer: InstalledAliasAnswer,
  operator: ({ ctx, params, body }) => updateItem({ ctx, input: { kind: 'aliases', id: params.id ?? '', body } }),
});

export const DELETE = managementRoute({
  summary: 'Remove an alias; 409 while something needs it',
  scope: 'aliases',
  answer: DeletedAnswer,
  operator: ({ ctx, params }) => deleteItem({ ctx, input: { kind: 'aliases', id: params.id ?? '' } }),
});
