import { z } from 'zod';
import { managementRoute, readText } from '@/lib/http/management-route';
import { AppliedConfigAnswer } from '@/lib/services/management/answers/installation';
import { getConfig, putConfig } from '@/lib/services/management/config-document';

const PutQuery = z.object({ prune: z.stringbool().default(false), dry_run: z.stringbool().default(false) });

export const GET = managementRoute({
  summary: 'The whole configuration as fairlead.yaml, with an ETag',
  scope: 'config',
  mediaType: 'application/yaml',
  answer: z.string(),
  operator: async ({ ctx, request }) => getConfig({ ctx, input: { ifNoneMatch: request.headers.get('if-none-match') } }),
});

export const PUT = managementRoute({
  summary: 'Apply a fairlead.yaml, all of it or nothing; with If-Match only to the configuration that was read',
  scope: 'config',
  query: PutQuery,
  textBody: 'application/yaml',
  answer: AppliedConfigAnswer,
  operator: async ({ ctx, query, request }) =>
    putConfig({ ctx, input: { text: await readText(request), prune: query.prune, dryRun: query.dry_run, ifMatch: request.headers.get('if-match') } }),
});
