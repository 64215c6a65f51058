import { consoleRoute } from '@/lib/http/console-route';
import { usageHours } from '@/lib/services/usage/usage-hours';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';

export const GET = consoleRoute(usageQuerySchema, usageHours);
