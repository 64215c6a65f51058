import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SignInForm } from '@/components/auth/sign-in-form';
import { safeNext } from '@/lib/auth/safe-next';
import { getSessionUser } from '@/lib/auth/session';
import { readSignupPolicy } from '@/lib/services/accounts/signup-policy';
import { findHome } from '@/lib/services/orgs/list-own-orgs';
import { submitSignIn } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('signIn.title') };
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = safeNext((await searchParams).next, '');
  const user = await getSessionUser();
  if (user) redirect(next || (await findHome(user.id)));
  const t = await getTranslations('auth');
  return (
    <>
      <h1 className="mb-8 text-2xl font-semibold">{t('signIn.title')}</h1>
      <SignInForm action={submitSignIn} next={next} />
      {(await readSignupPolicy()).policy === 'open' && (
        <p className="mt-6 text-sm text-muted-foreground">
          {t('signIn.noAccount')}{' '}
          <Link href="/sign-up" className="font-medium text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary">
            {t('signUp.submit')}
          </Link>
        </p>
      )}
    </>
  );
}
