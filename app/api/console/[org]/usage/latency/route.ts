import { consoleRoute } from '@/lib/http/console-route';
import { usageLatency } from '@/lib/services/usage/usage-latency';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';

export const GET = consoleRoute(usageQuerySchema, usageLatency);
