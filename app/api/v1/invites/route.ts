import { z } from 'zod';
import { managementRoute } from '@/lib/http/management-route';
import { pageAnswer } from '@/lib/services/management/answers/common';
import { InviteAnswer, SentInviteAnswer } from '@/lib/services/management/answers/people';
import { pageInOrder, pageSchema } from '@/lib/services/management/page';
import { toSnakeCase } from '@/lib/services/management/snake-case';
import { inviteMember } from '@/lib/services/members/invite-member';
import { listMembers } from '@/lib/services/members/list-members';
import { ROLES } from '@/lib/services/members/member-roles';

export const GET = managementRoute({
  summary: 'List open invitations, newest first',
  scope: 'members',
  query: pageSchema,
  answer: pageAnswer(InviteAnswer),
  org: async ({ ctx, query }) => toSnakeCase(pageInOrder((await listMembers({ ctx })).invitations, query)),
});

export const POST = managementRoute({
  summary: 'Invite somebody by e-mail',
  scope: 'members',
  body: z.strictObject({ email: z.string(), role: z.enum(ROLES) }),
  status: 201,
  answer: SentInviteAnswer,
  org: async ({ ctx, body }) => toSnakeCase(await inviteMember({ ctx, input: body })),
});
