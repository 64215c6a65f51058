import { managementRoute } from '@/lib/http/management-route';
import { revokeKey } from '@/lib/services/keys/revoke-key';
import { OperatorKeyAnswer } from '@/lib/services/management/answers/installation';
import { KeyAnswer } from '@/lib/services/management/answers/tenant';
import { toSnakeCase } from '@/lib/services/management/snake-case';
import { revokeOperatorKey } from '@/lib/services/operator/revoke-operator-key';

export const POST = managementRoute({
  summary: 'Revoke a key, within a second on every process',
  scope: 'keys',
  answer: KeyAnswer,
  operatorAnswer: OperatorKeyAnswer,
  org: async ({ ctx, params }) => toSnakeCase(await revokeKey({ ctx, input: { id: params.id ?? '' } })),
  operator: ({ ctx, params }) => revokeOperatorKey({ ctx, input: { id: params.id ?? '' } }),
});
