import { managementRoute } from '@/lib/http/management-route';
import { deleteRule, getRule, saveRule } from '@/lib/services/alerts/rules';
import { toChangedRule, UpdateAlertBody } from '@/lib/services/management/alert-body';
import { DeletedAnswer } from '@/lib/services/management/answers/common';
import { AlertAnswer } from '@/lib/services/management/answers/people';
import { toSnakeCase } from '@/lib/services/management/snake-case';

export const GET = managementRoute({
  summary: 'Read an alert rule and whether it is firing',
  scope: 'alerts',
  answer: AlertAnswer,
  org: async ({ ctx, params }) => toSnakeCase(await getRule({ ctx, input: { id: params.id ?? '' } })),
});

export const PATCH = managementRoute({
  summary: 'Change an alert rule; it starts anew',
  scope: 'alerts',
  body: UpdateAlertBody,
  answer: AlertAnswer,
  org: async ({ ctx, params, body }) =>
    toSnakeCase(await saveRule({ ctx, input: toChangedRule(await getRule({ ctx, input: { id: params.id ?? '' } }), body) })),
});

export const DELETE = managementRoute({
  summary: 'Remove an alert rule',
  scope: 'alerts',
  answer: DeletedAnswer,
  org: async ({ ctx, params }) => ({ ...(await deleteRule({ ctx, input: { id: params.id ?? '' } })), deleted: true }),
});
