import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { MembersPage } from '@/components/members/members-page';
import { requireOrg } from '@/lib/auth/require';
import { hasRight } from '@/lib/services/context';
import { listMembers } from '@/lib/services/members/list-members';
import { listGranters } from '@/lib/services/orgs/list-granters';
import { changeRoleAction, inviteMemberAction, leaveOrgAction, removeMemberAction, resendInvitationAction, revokeInvitationAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('members'))('title') };
}

export default async function Page({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  const ctx = await requireOrg(org, `/${org}/settings/members`);
  const canWrite = hasRight(ctx.role, 'members:write');
  return (
    <MembersPage
      org={org}
      list={await listMembers({ ctx })}
      you={{ id: ctx.user.id, role: ctx.role }}
      grantedBy={canWrite ? null : await listGranters({ ctx })}
      actions={{
        invite: inviteMemberAction,
        resend: resendInvitationAction,
        revoke: revokeInvitationAction,
        changeRole: changeRoleAction,
        remove: removeMemberAction,
        leave: leaveOrgAction,
      }}
    />
  );
}
