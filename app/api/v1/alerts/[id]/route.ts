import { managementRoute } from '@/lib/http/management-route';
import { deleteRule } from '@/lib/services/alerts/rules';
import { DeletedAnswer } from '@/lib/services/management/answers/common';

export const DELETE = managementRoute({
  summary: 'Remove an alert rule',
  scope: 'alerts',
  answer: DeletedAnswer,
  org: async ({ ctx, params }) => ({ ...(await deleteRule({ ctx, input: { id: params.id ?? '' } })), deleted: true }),
});
