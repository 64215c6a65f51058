import { managementRoute } from '@/lib/http/management-route';
import { createKey } from '@/lib/services/keys/create-key';
import { listKeys } from '@/lib/services/keys/list-keys';
import { CreatedOperatorKeyAnswer, OperatorKeyAnswer } from '@/lib/services/management/answers/installation';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { CreatedKeyAnswer, KeyAnswer } from '@/lib/services/management/answers/tenant';
import { CreateKeyBody, toKeyInput, toOperatorKeyInput } from '@/lib/services/management/key-body';
import { pageSchema } from '@/lib/services/management/page';
import type { Scope } from '@/lib/services/management/scopes';
import { toSnakeCase } from '@/lib/services/management/snake-case';
import { createOperatorKey } from '@/lib/services/operator/create-operator-key';
import { listOperatorKeys } from '@/lib/services/operator/operator-keys';

export const GET = managementRoute({
  summary: 'List keys, newest first; for an operator its own management keys',
  scope: 'keys',
  query: pageSchema,
  answer: pageAnswer(KeyAnswer),
  operatorAnswer: pageAnswer(OperatorKeyAnswer),
  org: async ({ ctx, query }) => toSnakeCase(await listKeys({ ctx, input: query })),
  operator: ({ ctx, query }) => listOperatorKeys({ ctx, input: query }),
});

export const POST = managementRoute({
  summary: 'Make a key; this answer is the only one that holds it',
  scope: 'keys',
  body: CreateKeyBody,
  status: 201,
  answer: CreatedKeyAnswer,
  operatorAnswer: CreatedOperatorKeyAnswer,
  org: async ({ ctx, body }) =>
    toSnakeCase(await createKey({ ctx, input: { ...toKeyInput(body), name: body.name, kind: body.kind, scopes: body.scopes as Scope[] } })),
  operator: ({ ctx, body }) => createOperatorKey({ ctx, input: toOperatorKeyInput(body) }),
});
