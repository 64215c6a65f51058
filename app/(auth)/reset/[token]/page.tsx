import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeadLink } from '@/components/auth/dead-link';
import { NewPasswordForm } from '@/components/auth/new-password-form';
import { isResetLinkGood } from '@/lib/services/accounts/reset-password';
import { submitReset } from '../../actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('reset.title'), robots: { index: false } };
}

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const t = await getTranslations('auth.reset');
  if (!(await isResetLinkGood(token))) return <DeadLink title={t('dead')} body={t('deadBody')} next={{ href: '/forgot', label: t('again') }} />;
  return (
    <>
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <p className="mt-2 mb-8 text-muted-foreground">{t('lead')}</p>
      <NewPasswordForm action={submitReset} token={token} passwordLabel={t('password')} submitLabel={t('submit')} />
    </>
  );
}
