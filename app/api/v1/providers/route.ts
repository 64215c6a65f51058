import { managementRoute } from '@/lib/http/management-route';
import { listInstallation } from '@/lib/services/management/list-installation';
import { pageSchema } from '@/lib/services/management/page';

export const GET = managementRoute({
  query: pageSchema,
  operator: ({ ctx, query }) => listInstallation({ ctx, input: { kind: 'providers', page: query } }),
});
