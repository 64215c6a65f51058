import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { DeadLink } from '@/components/auth/dead-link';
import { Button } from '@/components/ui/button';
import { isFairleadError } from '@/lib/kernel/errors';
import { verifyEmail } from '@/lib/services/accounts/verify-email';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('verify.title'), robots: { index: false } };
}

/** Opening the link is the confirmation: it proves that the mailbox is read, by whoever or whatever opens it. */
export default async function VerifyPage({ params }: { params: Promise<{ token: string }> }) {
  const t = await getTranslations('auth.verify');
  const confirmed = await verifyEmail(await params).catch((error: unknown) => {
    if (isFairleadError(error) && error.code === 'not_found') return null;
    throw error;
  });
  if (!confirmed) return <DeadLink title={t('dead')} body={t('deadBody')} next={{ href: '/sign-in', label: t('go') }} />;
  return (
    <div className="grid gap-4">
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <p className="text-muted-foreground">{t('body', { email: confirmed.email })}</p>
      <Button asChild size="lg" className="w-full">
        <Link href="/sign-in">{t('go')}</Link>
      </Button>
    </div>
  );
}
