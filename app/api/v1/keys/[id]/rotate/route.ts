import { managementRoute } from '@/lib/http/management-route';
import { rotateKey } from '@/lib/services/keys/rotate-key';
import { RotateKeyBody } from '@/lib/services/management/key-body';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const POST = managementRoute({
  body: RotateKeyBody,
  status: 201,
  org: async ({ ctx, params, body }) => toSnakeCase(await rotateKey({ ctx, input: { id: params.id ?? '', graceSeconds: body.grace_seconds } })),
});
