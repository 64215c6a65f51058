import { managementRoute } from '@/lib/http/management-route';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { InstalledAliasAnswer } from '@/lib/services/management/answers/installation';
import { AliasAnswer } from '@/lib/services/management/answers/tenant';
import { createItem } from '@/lib/services/management/installation-item';
import { createItemBody } from '@/lib/services/management/item-schema';
import { listInstallation } from '@/lib/services/management/list-installation';
import { pageOf, pageSchema } from '@/lib/services/management/page';
import { listModels } from '@/lib/services/models/list-models';

export const GET = managementRoute({
  summary: 'List aliases: for an organization at its prices and by what its plan allows, for an operator as they are configured',
  scope: 'models',
  query: pageSchema,
  answer: pageAnswer(AliasAnswer),
  operatorAnswer: pageAnswer(InstalledAliasAnswer),
  org: async ({ ctx, query }) => pageOf((await listModels({ ctx })).aliases, query),
  operator: ({ ctx, query }) => listInstallation({ ctx, input: { kind: 'aliases', page: query } }),
});

export const POST = managementRoute({
  summary: 'Add an alias; in force within a second',
  scope: 'aliases',
  body: createItemBody('aliases'),
  status: 201,
  answer: InstalledAliasAnswer,
  operator: ({ ctx, body }) => createItem({ ctx, input: { kind: 'aliases', body } }),
});
