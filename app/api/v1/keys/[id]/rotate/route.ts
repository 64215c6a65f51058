import { managementRoute } from '@/lib/http/management-route';
import { rotateKey } from '@/lib/services/keys/rotate-key';
import { CreatedKeyAnswer } from '@/lib/services/management/answers/tenant';
import { RotateKeyBody } from '@/lib/services/management/key-body';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const POST = managementRoute({
  summary: 'Make a new key with the same limits; the old one ends after grace_seconds',
  scope: 'keys',
  body: RotateKeyBody,
  status: 201,
  answer: CreatedKeyAnswer,
  org: async ({ ctx, params, body }) => toSnakeCase(await rotateKey({ ctx, input: { id: params.id ?? '', graceSeconds: body.grace_seconds } })),
});
