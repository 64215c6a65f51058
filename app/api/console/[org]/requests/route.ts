import { consoleRoute } from '@/lib/http/console-route';
import { listRequests } from '@/lib/services/requests/list-requests';
import { requestQuerySchema } from '@/lib/services/requests/request-filters';

export const GET = consoleRoute(requestQuerySchema, listRequests);
