import { consoleRoute } from '@/lib/http/console-route';
import { countRequests } from '@/lib/services/requests/request-counts';
import { requestQuerySchema } from '@/lib/services/requests/request-filters';

export const GET = consoleRoute(requestQuerySchema, countRequests);
