import { managementRoute } from '@/lib/http/management-route';
import { listInstallation } from '@/lib/services/management/list-installation';
import { pageOf, pageSchema } from '@/lib/services/management/page';
import { listModels } from '@/lib/services/models/list-models';

export const GET = managementRoute({
  query: pageSchema,
  org: async ({ ctx, query }) => pageOf((await listModels({ ctx })).models, query),
  operator: ({ ctx, query }) => listInstallation({ ctx, input: { kind: 'models', page: query } }),
});
