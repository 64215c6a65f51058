import { managementRoute } from '@/lib/http/management-route';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { InstallationRequestAnswer, RequestAnswer } from '@/lib/services/management/answers/requests';
import { listEveryRequest } from '@/lib/services/management/installation/list-every-request';
import { ofOrganization } from '@/lib/services/management/installation/of-organization';
import { listRequests } from '@/lib/services/requests/list-requests';
import { requestQuerySchema } from '@/lib/services/requests/request-filters';

export const GET = managementRoute({
  summary: 'The request log, newest first; for an operator’s key of every organization, the last 31 days unless `from` says otherwise',
  scope: 'requests',
  query: requestQuerySchema.extend(ofOrganization),
  answer: pageAnswer(RequestAnswer),
  operatorAnswer: pageAnswer(InstallationRequestAnswer),
  org: ({ ctx, query }) => listRequests({ ctx, input: query }),
  operator: ({ ctx, query }) => listEveryRequest({ ctx, input: query }),
});
