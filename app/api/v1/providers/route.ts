import { managementRoute } from '@/lib/http/management-route';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { ProviderAnswer } from '@/lib/services/management/answers/installation';
import { createItem } from '@/lib/services/management/installation-item';
import { createItemBody } from '@/lib/services/management/item-schema';
import { listInstallation } from '@/lib/services/management/list-installation';
import { pageSchema } from '@/lib/services/management/page';

export const GET = managementRoute({
  summary: 'List providers of the installation',
  scope: 'providers',
  query: pageSchema,
  answer: pageAnswer(ProviderAnswer),
  operator: ({ ctx, query }) => listInstallation({ ctx, input: { kind: 'providers', page: query } }),
});

export const POST = managementRoute({
  summary: 'Add a provider; in force within a second',
  scope: 'providers',
  body: createItemBody('providers'),
  status: 201,
  answer: ProviderAnswer,
  operator: ({ ctx, body }) => createItem({ ctx, input: { kind: 'providers', body } }),
});
