import { managementRoute } from '@/lib/http/management-route';
import { SentInviteAnswer } from '@/lib/services/management/answers/people';
import { toSnakeCase } from '@/lib/services/management/snake-case';
import { resendInvitation } from '@/lib/services/members/resend-invitation';

export const POST = managementRoute({
  summary: 'Mail an invitation again with a new link; the old link ends',
  scope: 'members',
  answer: SentInviteAnswer,
  org: async ({ ctx, params }) => toSnakeCase(await resendInvitation({ ctx, input: { id: params.id ?? '' } })),
});
