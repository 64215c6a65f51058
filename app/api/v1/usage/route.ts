import { managementRoute } from '@/lib/http/management-route';
import { UsageSeriesAnswer } from '@/lib/services/management/answers/requests';
import { ofOrganization } from '@/lib/services/management/installation/of-organization';
import { readInstallationUsage } from '@/lib/services/management/installation/read-installation-usage';
import { usageQuerySchema } from '@/lib/services/usage/usage-query';
import { usageSeries } from '@/lib/services/usage/usage-series';

export const GET = managementRoute({
  summary: 'Usage and cost over time, by group; for an operator’s key of every organization together',
  scope: 'usage',
  query: usageQuerySchema.extend(ofOrganization),
  answer: UsageSeriesAnswer,
  org: ({ ctx, query }) => usageSeries({ ctx, input: query }),
  operator: ({ ctx, query }) => readInstallationUsage({ ctx, input: query }),
});
