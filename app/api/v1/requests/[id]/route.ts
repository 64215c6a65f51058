import { managementRoute } from '@/lib/http/management-route';
import { InstallationRequestDetailAnswer, RequestDetailAnswer } from '@/lib/services/management/answers/requests';
import { getAnyRequest } from '@/lib/services/management/installation/get-any-request';
import { getRequest } from '@/lib/services/requests/get-request';

export const GET = managementRoute({
  summary: 'One request by its x-request-id: attempts, cost lines, routing',
  scope: 'requests',
  answer: RequestDetailAnswer,
  operatorAnswer: InstallationRequestDetailAnswer,
  org: ({ ctx, params }) => getRequest({ ctx, input: { id: params.id ?? '' } }),
  operator: ({ ctx, params }) => getAnyRequest({ ctx, input: { id: params.id ?? '' } }),
});
