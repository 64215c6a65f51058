import { managementRoute } from '@/lib/http/management-route';
import { listRequests } from '@/lib/services/requests/list-requests';
import { requestQuerySchema } from '@/lib/services/requests/request-filters';

export const GET = managementRoute({
  query: requestQuerySchema,
  org: ({ ctx, query }) => listRequests({ ctx, input: query }),
});
