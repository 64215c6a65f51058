import { managementRoute } from '@/lib/http/management-route';
import { DeletedAnswer } from '@/lib/services/management/answers/common';
import { ProviderAnswer } from '@/lib/services/management/answers/installation';
import { deleteItem, getItem, updateItem } from '@/lib/services/management/installation-item';
import { updateItemBody } from '@/lib/services/management/item-schema';

export const GET = managementRoute({
  summary: 'Read a provider of the installation',
  scope: 'providers',
  answer: ProviderAnswer,
  operator: ({ ctx, params }) => getItem({ ctx, input: { kind: 'providers', id: params.id ?? '' } }),
});

export const PATCH = managementRoute({
  summary: 'Change a provider; what is not named stays, lists are replaced whole',
  scope: 'providers',
  body: updateItemBody('providers'),
  answer: ProviderAnswer,
  operator: ({ ctx, params, body }) => updateItem({ ctx, input: { kind: 'providers', id: params.id ?? '', body } }),
});

export const DELETE = managementRoute({
  summary: 'Remove a provider; 409 while something needs it',
  scope: 'providers',
  answer: DeletedAnswer,
  operator: ({ ctx, params }) => deleteItem({ ctx, input: { kind: 'providers', id: params.id ?? '' } }),
});
