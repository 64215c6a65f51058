import { managementRoute } from '@/lib/http/management-route';
import { listAudit } from '@/lib/services/management/list-audit';
import { pageSchema } from '@/lib/services/management/page';

export const GET = managementRoute({
  query: pageSchema,
  org: ({ ctx, query }) => listAudit({ ctx, input: query }),
  operator: ({ ctx, query }) => listAudit({ ctx, input: query }),
});
