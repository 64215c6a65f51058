import { managementRoute } from '@/lib/http/management-route';
import { createKey } from '@/lib/services/keys/create-key';
import { listKeys } from '@/lib/services/keys/list-keys';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { CreatedKeyAnswer, KeyAnswer } from '@/lib/services/management/answers/tenant';
import { CreateKeyBody, toKeyInput } from '@/lib/services/management/key-body';
import { pageSchema } from '@/lib/services/management/page';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const GET = managementRoute({
  summary: 'List keys, newest first',
  scope: 'keys',
  query: pageSchema,
  answer: pageAnswer(KeyAnswer),
  org: async ({ ctx, query }) => toSnakeCase(await listKeys({ ctx, input: query })),
});

export const POST = managementRoute({
  summary: 'Make a key; this answer is the only one that holds it',
  scope: 'keys',
  body: CreateKeyBody,
  status: 201,
  answer: CreatedKeyAnswer,
  org: async ({ ctx, body }) => toSnakeCase(await createKey({ ctx, input: { ...toKeyInput(body), name: body.name, kind: body.kind, scopes: body.scopes } })),
});
