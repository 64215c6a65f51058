import { z } from 'zod';
import { consoleRoute } from '@/lib/http/console-route';
import { getBurn } from '@/lib/services/budgets/get-burn';

export const GET = consoleRoute(z.object({ id: z.string().max(64) }), getBurn);
