import { managementRoute } from '@/lib/http/management-route';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { InstalledModelAnswer } from '@/lib/services/management/answers/installation';
import { ModelAnswer } from '@/lib/services/management/answers/tenant';
import { createItem } from '@/lib/services/management/installation-item';
import { createItemBody } from '@/lib/services/management/item-schema';
import { listInstallation } from '@/lib/services/management/list-installation';
import { pageOf, pageSchema } from '@/lib/services/management/page';
import { listModels } from '@/lib/services/models/list-models';

export const GET = managementRoute({
  summary: 'List models: for an organization at its prices and by what its plan allows, for an operator as they are configured',
  scope: 'models',
  query: pageSchema,
  answer: pageAnswer(ModelAnswer),
  operatorAnswer: pageAnswer(InstalledModelAnswer),
  org: async ({ ctx, query }) => pageOf((await listModels({ ctx })).models, query),
  operator: ({ ctx, query }) => listInstallation({ ctx, input: { kind: 'models', page: query } }),
});

export const POST = managementRoute({
  summary: 'Add a model; in force within a second',
  scope: 'models',
  body: createItemBody('models'),
  status: 201,
  answer: InstalledModelAnswer,
  operator: ({ ctx, body }) => createItem({ ctx, input: { kind: 'models', body } }),
});
