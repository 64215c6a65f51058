import { managementRoute } from '@/lib/http/management-route';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { PlanAnswer } from '@/lib/services/management/answers/installation';
import { createItem } from '@/lib/services/management/installation-item';
import { createItemBody } from '@/lib/services/management/item-schema';
import { listInstallation } from '@/lib/services/management/list-installation';
import { pageSchema } from '@/lib/services/management/page';

export const GET = managementRoute({
  summary: 'List plans of the installation',
  scope: 'plans',
  query: pageSchema,
  answer: pageAnswer(PlanAnswer),
  operator: ({ ctx, query }) => listInstallation({ ctx, input: { kind: 'plans', page: query } }),
});

export const POST = managementRoute({
  summary: 'Add a plan; in force within a second',
  scope: 'plans',
  body: createItemBody('plans'),
  status: 201,
  answer: PlanAnswer,
  operator: ({ ctx, body }) => createItem({ ctx, input: { kind: 'plans', body } }),
});
