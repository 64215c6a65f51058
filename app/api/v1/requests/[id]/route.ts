import { managementRoute } from '@/lib/http/management-route';
import { RequestDetailAnswer } from '@/lib/services/management/answers/requests';
import { getRequest } from '@/lib/services/requests/get-request';

export const GET = managementRoute({
  summary: 'One request by its x-request-id: attempts, cost lines, routing',
  scope: 'requests',
  answer: RequestDetailAnswer,
  org: ({ ctx, params }) => getRequest({ ctx, input: { id: params.id ?? '' } }),
});
