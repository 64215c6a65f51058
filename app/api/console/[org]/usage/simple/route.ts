import { consoleRoute } from '@/lib/http/console-route';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';
import { usageOfSimpleCalls } from '@/lib/services/usage/usage-simple';

export const GET = consoleRoute(usageQuerySchema, usageOfSimpleCalls);
