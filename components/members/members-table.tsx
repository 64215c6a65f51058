'use client';

import { useTranslations } from 'next-intl';
import { toast } from '@/components/ui/toast';
import { CardTable } from '@/components/patterns/card-table';
import { Time } from '@/components/patterns/time';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import type { Role } from '@/lib/auth/role';
import type { MemberView } from '@/lib/services/members/list-members';
import { ROLES } from '@/lib/kernel/roles';
import type { MemberActions } from './member-actions';

interface MembersTableProps {
  org: string;
  members: MemberView[];
  you: { id: string; role: Role };
  canWrite: boolean;
  changeRole: MemberActions['changeRole'];
  onRemove: (member: MemberView) => void;
}

export function MembersTable({ org, members, you, canWrite, changeRole, onRemove }: MembersTableProps) {
  const t = useTranslations('members');
  const describe = useActionMessage();
  const router = useRouter();
  const [changing, setChanging] = useState<string | null>(null);

  /** Only owners touch owners. */
  const canChange = (member: MemberView) => canWrite && (member.role !== 'owner' || you.role === 'owner');

  async function change(member: MemberView, role: Role) {
    setChanging(member.id);
    const result = await changeRole(org, { id: member.id, role });
    setChanging(null);
    if (result.ok) toast.success(t('roleChanged', { name: member.name ?? member.email, role }));
    else toast.error(result.error.code === 'conflict' ? t('lastOwner') : describe(result.error));
    router.refresh();
  }

  return (
    <CardTable
      label={t('title')}
      rows={members}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'member',
          label: t('column.member'),
          wide: true,
          render: (member) => (
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2 font-medium break-all">
                {member.name ?? member.email}
                {member.id === you.id && <Badge variant="outline">{t('you')}</Badge>}
              </p>
              {member.name && <p className="text-xs break-all text-muted-foreground">{member.email}</p>}
            </div>
          ),
        },
        {
          id: 'role',
          label: t('column.role'),
          render: (member) =>
            canChange(member) ? (
              <NativeSelect
                aria-label={t('roleOf', { name: member.name ?? member.email })}
                className="w-40 max-w-full"
                value={member.role}
                disabled={changing === member.id}
                onChange={(event) => void change(member, event.target.value as Role)}
              >
                {ROLES.map((role) => (
                  <option key={role} value={role} disabled={role === 'owner' && you.role !== 'owner'}>
                    {t(`role.${role}`)}
                  </option>
                ))}
              </NativeSelect>
            ) : (
              t(`role.${member.role}`)
            ),
        },
        { id: 'joined', label: t('column.joined'), render: ({ joinedAt }) => <Time iso={joinedAt} format="date" /> },
        {
          id: 'actions',
          label: t('column.actions'),
          quiet: true,
          wide: true,
          render: (member) =>
            (canChange(member) || member.id === you.id) && (
              <div className="flex lg:justify-end">
                <Button variant="outline" size="sm" onClick={() => onRemove(member)}>
                  {member.id === you.id ? t('leave.action') : t('remove.action')}
                </Button>
              </div>
            ),
        },
      ]}
    />
  );
}
