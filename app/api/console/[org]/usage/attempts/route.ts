import { consoleRoute } from '@/lib/http/console-route';
import { usageAttempts } from '@/lib/services/usage/usage-attempts';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';

export const GET = consoleRoute(usageQuerySchema, usageAttempts);
