import { managementRoute } from '@/lib/http/management-route';
import { DeletedAnswer } from '@/lib/services/management/answers/common';
import { revokeInvitation } from '@/lib/services/members/revoke-invitation';

export const DELETE = managementRoute({
  summary: 'Take an invitation back',
  scope: 'members',
  answer: DeletedAnswer,
  org: async ({ ctx, params }) => ({ ...(await revokeInvitation({ ctx, input: { id: params.id ?? '' } })), deleted: true }),
});
