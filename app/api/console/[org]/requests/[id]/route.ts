import { z } from 'zod';
import { consoleRoute } from '@/lib/http/console-route';
import { getRequest } from '@/lib/services/requests/get-request';

export const GET = consoleRoute(z.object({ id: z.string().max(64) }), getRequest);
