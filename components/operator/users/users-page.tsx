'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { ActionDialog } from '@/components/operator/action-dialog';
import { CardTable } from '@/components/operator/card-table';
import { FilterForm } from '@/components/operator/filter-form';
import { Pager, withQuery } from '@/components/operator/pager';
import { PageHeader } from '@/components/patterns/page-header';
import { NoMatches } from '@/components/patterns/states';
import { Time } from '@/components/patterns/time';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { ActionResult } from '@/lib/http/action';
import type { UserRow } from '@/lib/services/operator/users/users';

interface UsersPageProps {
  users: { data: UserRow[]; total: number; pages: number };
  filter: { q: string; page: number };
  self: string;
  actions: {
    setOperator: (input: { id: string; isOperator: boolean }) => Promise<ActionResult<void>>;
    endSessions: (input: { id: string }) => Promise<ActionResult<void>>;
    resetTwoFactor: (input: { id: string }) => Promise<ActionResult<void>>;
  };
}

export function UsersPage({ users, filter, self, actions }: UsersPageProps) {
  const t = useTranslations('operatorUsers');
  const columns = (['email', 'organizations', 'verified', 'legal', 'since'] as const).map((id) => ({ id, label: t(`column.${id}`) }));
  const go = (page: number) => withQuery('/admin/users', { q: filter.q, page: page > 1 ? page : null });
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer', { count: users.total })}>
        <FilterForm path="/admin/users">
          <Field label={t('search')} className="flex-1 sm:max-w-72">
            <Input name="q" type="search" defaultValue={filter.q} maxLength={100} />
          </Field>
        </FilterForm>
      </PageHeader>
      {users.data.length === 0 ? (
        <NoMatches />
      ) : (
        <CardTable
          label={t('title')}
          columns={columns}
          actionsLabel={t('column.actions')}
          rows={users.data.map((user) => ({
            id: user.id,
            cells: [
              <span key="email" className="break-all">
                {user.email} {user.isOperator && <Badge variant="signal">{t('operator')}</Badge>}
                {user.name && <span className="block text-xs font-normal text-muted-foreground">{user.name}</span>}
              </span>,
              user.orgs.length === 0 ? (
                '—'
              ) : (
                <span key="organizations">
                  {user.orgs.map(({ slug, name }, at) => (
                    <span key={slug}>
                      {at > 0 && ', '}
                      <Link href={`/admin/tenants/${slug}`} className="underline decoration-border underline-offset-4">
                        {name}
                      </Link>
                    </span>
                  ))}
                </span>
              ),
              t(user.verified ? 'yes' : 'no'),
              user.legal === null ? (
                '—'
              ) : (
                <span key="legal">
                  <span className="figures">{user.legal.version}</span> <Time iso={user.legal.at} className="text-xs text-muted-foreground" />
                  {!user.legal.isCurrent && <Badge variant="warning">{t('legalOld')}</Badge>}
                </span>
              ),
              <Time key="since" iso={user.createdAt} />,
            ],
            actions: (
              <>
                {user.id !== self && (
                  <ActionDialog
                    trigger={
                      <Button variant="outline" size="sm">
                        {t(user.isOperator ? 'revoke' : 'grant')}
                      </Button>
                    }
                    title={t(user.isOperator ? 'revokeTitle' : 'grantTitle', { email: user.email })}
                    lead={t(user.isOperator ? 'revokeLead' : 'grantLead')}
                    submit={t(user.isOperator ? 'revoke' : 'grant')}
                    destructive={!user.isOperator}
                    done={t('saved')}
                    run={() => actions.setOperator({ id: user.id, isOperator: !user.isOperator })}
                  />
                )}
                <ActionDialog
                  trigger={
                    <Button variant="outline" size="sm">
                      {t('signOut')}
                    </Button>
                  }
                  title={t('signOutTitle', { email: user.email })}
                  lead={t('signOutLead')}
                  submit={t('signOut')}
                  done={t('signedOut')}
                  run={() => actions.endSessions({ id: user.id })}
                />
                {user.twoFactor && (
                  <ActionDialog
                    trigger={
                      <Button variant="outline" size="sm">
                        {t('resetTwoFactor')}
                      </Button>
                    }
                    title={t('resetTwoFactorTitle', { email: user.email })}
                    lead={t('resetTwoFactorLead')}
                    submit={t('resetTwoFactor')}
                    destructive
                    done={t('saved')}
                    run={() => actions.resetTwoFactor({ id: user.id })}
                  />
                )}
              </>
            ),
          }))}
        />
      )}
      <Pager newer={filter.page > 1 ? go(filter.page - 1) : null} older={filter.page < users.pages ? go(filter.page + 1) : null} />
    </>
  );
}
