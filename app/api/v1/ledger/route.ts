import { managementRoute } from '@/lib/http/management-route';
import { listLedger } from '@/lib/services/management/list-ledger';
import { pageSchema } from '@/lib/services/management/page';

export const GET = managementRoute({
  query: pageSchema,
  org: ({ ctx, query }) => listLedger({ ctx, input: query }),
});
