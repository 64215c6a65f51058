import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SessionsCard } from '@/components/account/sessions-card';
import { TwoFactorCard } from '@/components/account/two-factor-card';
import { PageHeader } from '@/components/patterns/page-header';
import { PasswordForm } from '@/components/settings/password-form';
import { requireUser } from '@/lib/auth/require';
import { listSessions } from '@/lib/services/accounts/own-sessions';
import { readTwoFactor } from '@/lib/services/accounts/two-factor/state';
import { changePasswordAction, signOutEverywhereAction } from '../../[org]/settings/actions';
import { confirmTwoFactorAction, endSessionAction, renewRecoveryCodesAction, startTwoFactorAction, turnOffTwoFactorAction } from '../actions';

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
        <TwoFactorCard
          state={await readTwoFactor({ userId: user.id })}
          actions={{ start: startTwoFactorAction, confirm: confirmTwoFactorAction, renew: renewRecoveryCodesAction, turnOff: turnOffTwoFactorAction }}
        />
        <SessionsCard sessions={await listSessions({ userId: user.id, sessionId: user.sessionId })} end={endSessionAction} signOutEverywhere={signOutEverywhereAction} />
      </div>
    </>
  );
}
