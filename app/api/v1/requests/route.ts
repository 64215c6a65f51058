import { managementRoute } from '@/lib/http/management-route';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { RequestAnswer } from '@/lib/services/management/answers/requests';
import { listRequests } from '@/lib/services/requests/list-requests';
import { requestQuerySchema } from '@/lib/services/requests/request-filters';

export const GET = managementRoute({
  summary: 'The request log, newest first',
  scope: 'requests',
  query: requestQuerySchema,
  answer: pageAnswer(RequestAnswer),
  org: ({ ctx, query }) => listRequests({ ctx, input: query }),
});
