import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SessionsCard } from '@/components/account/sessions-card';
import { PageHeader } from '@/components/patterns/page-header';
import { PasswordForm } from '@/components/settings/password-form';
import { requireOrg } from '@/lib/auth/require';
import { listSessions } from '@/lib/services/accounts/own-sessions';
import { endSessionAction } from '../../../account/actions';
import { changePasswordAction, signOutEverywhereAction } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('tabs.security') };
}

export default async function SecurityPage({ params }: { params: Promise<{ org: string }> }) {
  const { org: slug } = await params;
  const { user } = await requireOrg(slug, `/${slug}/settings/security`);
  const t = await getTranslations('settings.security');
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer', { email: user.email })} />
      <div className="grid max-w-2xl gap-4">
        <PasswordForm email={user.email} change={changePasswordAction} />
        <SessionsCard
          sessions={await listSessions({ userId: user.id, sessionId: user.sessionId })}
          end={endSessionAction}
          signOutEverywhere={signOutEverywhereAction}
        />
      </div>
    </>
  );
}
