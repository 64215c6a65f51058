import { managementRoute } from '@/lib/http/management-route';
import { revokeKey } from '@/lib/services/keys/revoke-key';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const POST = managementRoute({
  org: async ({ ctx, params }) => toSnakeCase(await revokeKey({ ctx, input: { id: params.id ?? '' } })),
});
