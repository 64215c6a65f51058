import { managementRoute } from '@/lib/http/management-route';
import { getKey } from '@/lib/services/keys/get-key';
import { revokeKey } from '@/lib/services/keys/revoke-key';
import { updateKey } from '@/lib/services/keys/update-key';
import { toKeyInput, UpdateKeyBody } from '@/lib/services/management/key-body';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const GET = managementRoute({
  org: async ({ ctx, params }) => toSnakeCase(await getKey({ ctx, input: { id: params.id ?? '' } })),
});

export const PATCH = managementRoute({
  body: UpdateKeyBody,
  org: async ({ ctx, params, body }) => toSnakeCase(await updateKey({ ctx, input: { ...toKeyInput(body), id: params.id ?? '' } })),
});

export const DELETE = managementRoute({
  org: async ({ ctx, params }) => toSnakeCase(await revokeKey({ ctx, input: { id: params.id ?? '' } })),
});
