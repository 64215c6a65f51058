import { z } from 'zod';
import { managementRoute } from '@/lib/http/management-route';
import { getRevision } from '@/lib/services/config/revisions';
import { ConfigRevisionAnswer } from '@/lib/services/management/answers/installation';

export const GET = managementRoute({
  summary: 'A file that was applied, with its text',
  scope: 'config',
  answer: ConfigRevisionAnswer.extend({ text: z.string() }).meta({ id: 'ConfigRevisionText' }),
  operator: ({ ctx, params }) => getRevision({ ctx, input: { id: params.id ?? '' } }),
});
