import { managementRoute } from '@/lib/http/management-route';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { MemberAnswer } from '@/lib/services/management/answers/people';
import { pageInOrder, pageSchema } from '@/lib/services/management/page';
import { toSnakeCase } from '@/lib/services/management/snake-case';
import { listMembers } from '@/lib/services/members/list-members';

export const GET = managementRoute({
  summary: 'List members, who joined first first',
  scope: 'members',
  query: pageSchema,
  answer: pageAnswer(MemberAnswer),
  org: async ({ ctx, query }) => toSnakeCase(pageInOrder((await listMembers({ ctx })).members, query)),
});
