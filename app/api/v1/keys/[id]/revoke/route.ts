import { managementRoute } from '@/lib/http/management-route';
import { revokeKey } from '@/lib/services/keys/revoke-key';
import { KeyAnswer } from '@/lib/services/management/answers/tenant';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const POST = managementRoute({
  summary: 'Revoke a key, within a second on every process',
  scope: 'keys',
  answer: KeyAnswer,
  org: async ({ ctx, params }) => toSnakeCase(await revokeKey({ ctx, input: { id: params.id ?? '' } })),
});
