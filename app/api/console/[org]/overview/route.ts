import { z } from 'zod';
import { consoleRoute } from '@/lib/http/console-route';
import { getOverview } from '@/lib/services/overview/overview';

export const GET = consoleRoute(z.object({}), getOverview);
