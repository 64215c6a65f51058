import { z } from 'zod';
import { managementRoute, readText } from '@/lib/http/management-route';
import { getConfig, putConfig } from '@/lib/services/management/config-document';

const PutQuery = z.object({ prune: z.stringbool().default(false), dry_run: z.stringbool().default(false) });

export const GET = managementRoute({
  operator: async ({ ctx, request }) => getConfig({ ctx, input: { ifNoneMatch: request.headers.get('if-none-match') } }),
});

export const PUT = managementRoute({
  query: PutQuery,
  operator: async ({ ctx, query, request }) =>
    putConfig({ ctx, input: { text: await readText(request), prune: query.prune, dryRun: query.dry_run, ifMatch: request.headers.get('if-match') } }),
});
