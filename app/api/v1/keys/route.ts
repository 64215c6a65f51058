import { managementRoute } from '@/lib/http/management-route';
import { createKey } from '@/lib/services/keys/create-key';
import { listKeys } from '@/lib/services/keys/list-keys';
import { CreateKeyBody, toKeyInput } from '@/lib/services/management/key-body';
import { pageSchema } from '@/lib/services/management/page';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const GET = managementRoute({
  query: pageSchema,
  org: async ({ ctx, query }) => toSnakeCase(await listKeys({ ctx, input: query })),
});

export const POST = managementRoute({
  body: CreateKeyBody,
  status: 201,
  org: async ({ ctx, body }) => toSnakeCase(await createKey({ ctx, input: { ...toKeyInput(body), name: body.name, kind: body.kind } })),
});
