import { managementRoute } from '@/lib/http/management-route';
import { getKey } from '@/lib/services/keys/get-key';
import { revokeKey } from '@/lib/services/keys/revoke-key';
import { updateKey } from '@/lib/services/keys/update-key';
import { OperatorKeyAnswer } from '@/lib/services/management/answers/installation';
import { KeyAnswer } from '@/lib/services/management/answers/tenant';
import { toKeyInput, UpdateKeyBody } from '@/lib/services/management/key-body';
import { toSnakeCase } from '@/lib/services/management/snake-case';
import { revokeOperatorKey } from '@/lib/services/operator/revoke-operator-key';

export const GET = managementRoute({
  summary: 'Read a key, without the key itself',
  scope: 'keys',
  answer: KeyAnswer,
  org: async ({ ctx, params }) => toSnakeCase(await getKey({ ctx, input: { id: params.id ?? '' } })),
});

export const PATCH = managementRoute({
  summary: 'Change a name or limits; null takes a limit away',
  scope: 'keys',
  body: UpdateKeyBody,
  answer: KeyAnswer,
  org: async ({ ctx, params, body }) => toSnakeCase(await updateKey({ ctx, input: { ...toKeyInput(body), id: params.id ?? '' } })),
});

export const DELETE = managementRoute({
  summary: 'Revoke a key, within a second on every process',
  scope: 'keys',
  answer: KeyAnswer,
  operatorAnswer: OperatorKeyAnswer,
  org: async ({ ctx, params }) => toSnakeCase(await revokeKey({ ctx, input: { id: params.id ?? '' } })),
  operator: ({ ctx, params }) => revokeOperatorKey({ ctx, input: { id: params.id ?? '' } }),
});
