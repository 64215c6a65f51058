import { z } from 'zod';
import { consoleRoute } from '@/lib/http/console-route';
import { listModels } from '@/lib/services/models/list-models';

export const GET = consoleRoute(z.object({}), listModels);
