import { managementRoute } from '@/lib/http/management-route';
import { listRules, saveRule } from '@/lib/services/alerts/rules';
import { CreateAlertBody, toNewRule } from '@/lib/services/management/alert-body';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { AlertAnswer } from '@/lib/services/management/answers/people';
import { pageInOrder, pageSchema } from '@/lib/services/management/page';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const GET = managementRoute({
  summary: 'List alert rules',
  scope: 'alerts',
  query: pageSchema,
  answer: pageAnswer(AlertAnswer),
  org: async ({ ctx, query }) => toSnakeCase(pageInOrder(await listRules({ ctx }), query)),
});

export const POST = managementRoute({
  summary: 'Make an alert rule; it is looked at within a minute',
  scope: 'alerts',
  body: CreateAlertBody,
  status: 201,
  answer: AlertAnswer,
  org: async ({ ctx, body }) => toSnakeCase(await saveRule({ ctx, input: toNewRule(body) })),
});
