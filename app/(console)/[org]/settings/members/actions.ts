'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { type ActionResult, action } from '@/lib/http/action';
import { ChangeRoleInput, changeRole } from '@/lib/services/members/change-role';
import { InviteMemberInput, inviteMember } from '@/lib/services/members/invite-member';
import { RemoveMemberInput, removeMember } from '@/lib/services/members/remove-member';
import { InvitationIdInput, resendInvitation } from '@/lib/services/members/resend-invitation';
import { revokeInvitation } from '@/lib/services/members/revoke-invitation';

export const inviteMemberAction = action(InviteMemberInput, inviteMember);
export const resendInvitationAction = action(InvitationIdInput, resendInvitation);
export const revokeInvitationAction = action(InvitationIdInput, revokeInvitation);
export const removeMemberAction = action(RemoveMemberInput, removeMember);

const change = action(ChangeRoleInput, changeRole);

export async function changeRoleAction(org: string, input: ChangeRoleInput): Promise<ActionResult<{ id: string; role: string }>> {
  const result = await change(org, input);
  // Whoever changes their own role sees other pages from here on.
  if (result.ok) revalidatePath('/', 'layout');
  return result;
}

const leave = action(RemoveMemberInput, removeMember);

export async function leaveOrgAction(org: string, input: { id: string }): Promise<ActionResult<{ id: string; keys: number }>> {
  const result = await leave(org, input);
  if (result.ok) redirect('/welcome');
  return result;
}
