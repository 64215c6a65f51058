import { managementRoute } from '@/lib/http/management-route';
import { getRequest } from '@/lib/services/requests/get-request';

export const GET = managementRoute({
  org: ({ ctx, params }) => getRequest({ ctx, input: { id: params.id ?? '' } }),
});
