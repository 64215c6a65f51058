import type { ActionResult } from '@/lib/http/action';
import type { ChangeRoleInput } from '@/lib/services/members/change-role';
import type { InviteMemberInput, SentInvitation } from '@/lib/services/members/invite-member';

type ById<T> = (org: string, input: { id: string }) => Promise<ActionResult<T>>;

/** The writes of the members page, handed in by the page. */
export interface MemberActions {
  invite: (org: string, input: InviteMemberInput) => Promise<ActionResult<SentInvitation>>;
  resend: ById<SentInvitation>;
  revoke: ById<{ id: string }>;
  changeRole: (org: string, input: ChangeRoleInput) => Promise<ActionResult<{ id: string; role: string }>>;
  remove: ById<{ id: string; keys: number }>;
  leave: ById<{ id: string; keys: number }>;
}
