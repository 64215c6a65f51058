import { z } from 'zod';
import { managementRoute } from '@/lib/http/management-route';
import { ChangedRoleAnswer, RemovedMemberAnswer } from '@/lib/services/management/answers/people';
import { changeRole } from '@/lib/services/members/change-role';
import { ROLES } from '@/lib/services/members/member-roles';
import { removeMember } from '@/lib/services/members/remove-member';

export const PATCH = managementRoute({
  summary: 'Change a role, from the member’s next request on',
  scope: 'members',
  body: z.strictObject({ role: z.enum(ROLES) }),
  answer: ChangedRoleAnswer,
  org: ({ ctx, params, body }) => changeRole({ ctx, input: { id: params.id ?? '', role: body.role } }),
});

export const DELETE = managementRoute({
  summary: 'Remove a member and revoke the keys they made',
  scope: 'members',
  answer: RemovedMemberAnswer,
  org: async ({ ctx, params }) => {
    const { id, keys } = await removeMember({ ctx, input: { id: params.id ?? '' } });
    return { id, deleted: true, keys_revoked: keys };
  },
});
