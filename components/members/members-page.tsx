'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from '@/components/ui/toast';
import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { PageHeader } from '@/components/patterns/page-header';
import { Alert, AlertTitle } from '@/components/ui/alert';
import type { Role } from '@/lib/auth/role';
import type { InvitationView } from '@/lib/services/members/invitation-view';
import type { MemberList, MemberView } from '@/lib/services/members/list-members';
import { InvitationsTable } from './invitations-table';
import { InviteDialog } from './invite-dialog';
import { LinkDialog } from './link-dialog';
import type { MemberActions } from './member-actions';
import { MembersTable } from './members-table';
import { RolesTable } from './roles-table';

interface MembersPageProps {
  org: string;
  list: MemberList;
  you: { id: string; role: Role };
  actions: MemberActions;
  /** Set for readers who may not change anything: who can. */
  grantedBy: string[] | null;
}

export function MembersPage({ org, list, you, actions, grantedBy }: MembersPageProps) {
  const t = useTranslations('members');
  const router = useRouter();
  const [removing, setRemoving] = useState<MemberView | null>(null);
  const [revoking, setRevoking] = useState<InvitationView | null>(null);
  const [link, setLink] = useState<{ email: string; url: string } | null>(null);
  const { members, invitations, seats } = list;
  const isSelf = removing?.id === you.id;

  return (
    <>
      <PageHeader
        title={t('title')}
        answer={seats.limit === null ? t('answerOpen', { count: members.length }) : t('answer', { count: members.length, used: seats.used, seats: seats.limit })}
        actions={grantedBy === null && <InviteDialog org={org} you={you} seats={seats} invite={actions.invite} onSent={() => router.refresh()} />}
      />
      <div className="grid gap-8">
        {grantedBy && (
          <Alert variant="info">
            <AlertTitle className="font-normal">{t('readOnly', { who: grantedBy.join(', ') })}</AlertTitle>
          </Alert>
        )}
        <MembersTable org={org} members={members} you={you} canWrite={grantedBy === null} changeRole={actions.changeRole} onRemove={setRemoving} />
        {invitations.length > 0 && (
          <section className="grid gap-3">
            <h2 className="text-lg font-semibold">{t('invitations')}</h2>
            <InvitationsTable
              org={org}
              invitations={invitations}
              resend={actions.resend}
              onResent={({ email, url }) => {
                if (url) setLink({ email, url });
                else toast.success(t('sentTo', { email }));
                router.refresh();
              }}
              onRevoke={setRevoking}
            />
          </section>
        )}
        <section className="grid gap-3">
          <h2 className="text-lg font-semibold">{t('rights.title')}</h2>
          <RolesTable />
        </section>
      </div>
      <LinkDialog link={link} onClose={() => setLink(null)} />
      <ConfirmDialog
        open={removing !== null}
        title={isSelf ? t('leave.title') : t('remove.title', { name: removing?.name ?? removing?.email ?? '' })}
        lead={isSelf ? t('leave.lead') : t('remove.lead')}
        confirm={isSelf ? t('leave.action') : t('remove.action')}
        act={() => (isSelf ? actions.leave : actions.remove)(org, { id: removing?.id ?? '' })}
        onClose={() => setRemoving(null)}
        onDone={() => router.refresh()}
      />
      <ConfirmDialog
        open={revoking !== null}
        title={t('revoke.title', { email: revoking?.email ?? '' })}
        lead={t('revoke.lead')}
        confirm={t('revoke.action')}
        act={() => actions.revoke(org, { id: revoking?.id ?? '' })}
        onClose={() => setRevoking(null)}
        onDone={() => router.refresh()}
      />
    </>
  );
}
