import { managementRoute } from '@/lib/http/management-route';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';
import { usageSeries } from '@/lib/services/usage/usage-series';

export const GET = managementRoute({
  query: usageQuerySchema,
  org: ({ ctx, query }) => usageSeries({ ctx, input: query }),
});
