import { consoleRoute } from '@/lib/http/console-route';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';
import { usageSeries } from '@/lib/services/usage/usage-series';

export const GET = consoleRoute(usageQuerySchema, usageSeries);
