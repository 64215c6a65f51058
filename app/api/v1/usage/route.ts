import { managementRoute } from '@/lib/http/management-route';
import { UsageSeriesAnswer } from '@/lib/services/management/answers/requests';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';
import { usageSeries } from '@/lib/services/usage/usage-series';

export const GET = managementRoute({
  summary: 'Usage and cost over time, by group',
  scope: 'usage',
  query: usageQuerySchema,
  answer: UsageSeriesAnswer,
  org: ({ ctx, query }) => usageSeries({ ctx, input: query }),
});
