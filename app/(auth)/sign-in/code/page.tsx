import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { CodeForm } from '@/components/auth/code-form';
import { findPendingSignIn } from '@/lib/auth/begin-session';
import { safeNext } from '@/lib/auth/safe-next';
import { submitCode } from '../../actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('code.title') };
}

export default async function SignInCodePage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = safeNext((await searchParams).next, '');
  if (!(await findPendingSignIn())) redirect(next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in');
  const t = await getTranslations('auth');
  return (
    <>
      <h1 className="mb-2 text-2xl font-semibold">{t('code.title')}</h1>
      <p className="mb-8 text-sm text-muted-foreground">{t('code.lead')}</p>
      <CodeForm action={submitCode} next={next} />
    </>
  );
}
