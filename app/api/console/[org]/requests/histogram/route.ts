import { consoleRoute } from '@/lib/http/console-route';
import { requestQuerySchema } from '@/lib/services/requests/request-filters';
import { requestHistogram } from '@/lib/services/requests/request-histogram';

export const GET = consoleRoute(requestQuerySchema, requestHistogram);
