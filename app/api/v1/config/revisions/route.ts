import { managementRoute } from '@/lib/http/management-route';
import { listRevisions } from '@/lib/services/config/revisions';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { ConfigRevisionAnswer } from '@/lib/services/management/answers/installation';
import { pageSchema } from '@/lib/services/management/page';

export const GET = managementRoute({
  summary: 'Files that were applied, newest first, and what each changed',
  scope: 'config',
  query: pageSchema,
  answer: pageAnswer(ConfigRevisionAnswer),
  operator: ({ ctx, query }) => listRevisions({ ctx, input: query }),
});
