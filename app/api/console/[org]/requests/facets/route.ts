import { z } from 'zod';
import { consoleRoute } from '@/lib/http/console-route';
import { requestFacets } from '@/lib/services/requests/request-facets';

export const GET = consoleRoute(z.object({}), requestFacets);
