import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SessionsCard } from '@/components/account/sessions-card';
import { PageHeader } from '@/components/patterns/page-header';
import { PasswordForm } from '@/components/settings/password-form';
import { requireUser } from '@/lib/auth/require';
import { listSessions } from '@/lib/services/accounts/own-sessions';
import { changePasswordAction, signOutEverywhereAction } from '../../[org]/settings/actions';
import { endSessionAction } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('tabs.security') };
}

export default async function AccountSecurityPage() {
  const user = await requireUser('/account/security');
  const t = await getTranslations('settings.security');
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer', { email: user.email })} />
      <div className="grid max-w-2xl gap-4">
        <PasswordForm email={user.email} change={changePasswordAction} />
        <SessionsCard sessions={await listSessions({ userId: user.id, sessionId: user.sessionId })} end={endSessionAction} signOutEverywhere={signOutEverywhereAction} />
      </div>
    </>
  );
}
