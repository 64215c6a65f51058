import { z } from 'zod';
import { managementRoute } from '@/lib/http/management-route';
import { listPrices } from '@/lib/services/management/list-installation';
import { pageSchema } from '@/lib/services/management/page';

export const GET = managementRoute({
  query: pageSchema.extend({ model: z.string().max(200).optional() }),
  operator: ({ ctx, query }) => listPrices({ ctx, input: query }),
});
