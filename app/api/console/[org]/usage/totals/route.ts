import { consoleRoute } from '@/lib/http/console-route';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';
import { usageTotals } from '@/lib/services/usage/usage-totals';

export const GET = consoleRoute(usageQuerySchema, usageTotals);
