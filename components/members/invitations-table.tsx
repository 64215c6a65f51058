'use client';

import { useTranslations } from 'next-intl';
import { CardTable } from '@/components/patterns/card-table';
import { ProblemAlert } from '@/components/patterns/problem-alert';
import { StatusBadge } from '@/components/patterns/status-badge';
import { Time } from '@/components/patterns/time';
import { useAction } from '@/components/patterns/use-action';
import { Button } from '@/components/ui/button';
import type { InvitationView } from '@/lib/services/members/invitation-view';
import type { SentInvitation } from '@/lib/services/members/invite-member';
import type { MemberActions } from './member-actions';

interface InvitationsTableProps {
  org: string;
  invitations: InvitationView[];
  resend: MemberActions['resend'];
  onResent: (sent: SentInvitation) => void;
  onRevoke: (invitation: InvitationView) => void;
}

/** Invitations that nobody accepted yet. */
export function InvitationsTable({ org, invitations, resend, onResent, onRevoke }: InvitationsTableProps) {
  const t = useTranslations('members');
  const action = useAction();
  return (
    <>
      <ProblemAlert problem={action.problem()} />
      <CardTable
        label={t('invitations')}
        rows={invitations}
        rowKey={({ id }) => id}
        columns={[
          { id: 'email', label: t('column.email'), wide: true, render: ({ email }) => <span className="font-medium break-all">{email}</span> },
          { id: 'role', label: t('column.role'), render: ({ role }) => t(`role.${role}`) },
          {
            id: 'status',
            label: t('column.status'),
            render: ({ status, expiresAt }) =>
              status === 'open' ? (
                <span className="text-muted-foreground">{t.rich('expires', { time: () => <Time iso={expiresAt} /> })}</span>
              ) : (
                <StatusBadge status="expired" />
              ),
          },
          {
            id: 'actions',
            label: t('column.actions'),
            quiet: true,
            wide: true,
            render: (invitation) => (
              <div className="flex gap-2 lg:justify-end">
                <Button
                  variant="outline"
                  size="sm"
                  disabled={action.pending}
                  aria-label={t('resendTo', { email: invitation.email })}
                  onClick={() => action.run(() => resend(org, { id: invitation.id }), onResent)}
                >
                  {t('resend')}
                </Button>
                <Button variant="outline" size="sm" aria-label={t('revokeFor', { email: invitation.email })} onClick={() => onRevoke(invitation)}>
                  {t('revoke.action')}
                </Button>
              </div>
            ),
          },
        ]}
      />
    </>
  );
}
