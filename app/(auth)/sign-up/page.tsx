import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SignUpForm } from '@/components/auth/sign-up-form';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { getSessionUser } from '@/lib/auth/session';
import { readCaptchaChallenge } from '@/lib/services/abuse/verify-captcha';
import { legalTextsOf } from '@/lib/services/accounts/legal-acceptance';
import { readSignupPolicy } from '@/lib/services/accounts/signup-policy';
import { readBranding } from '@/lib/services/branding/branding';
import { submitSignUp } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('signUp.title') };
}

export default async function SignUpPage() {
  if (await getSessionUser()) redirect('/welcome');
  const t = await getTranslations('auth');
  const { policy: signup } = await readSignupPolicy();
  return (
    <>
      <h1 className="text-2xl font-semibold">{t('signUp.title')}</h1>
      <p className="mt-2 mb-8 text-muted-foreground">{t('signUp.lead')}</p>
      {signup === 'open' ? (
        <SignUpForm action={submitSignUp} legal={legalTextsOf(await readBranding())} captcha={await readCaptchaChallenge()} />
      ) : (
        <Alert variant="warning">
          <AlertTitle>{t(`signUp.${signup}`)}</AlertTitle>
        </Alert>
      )}
      <p className="mt-6 text-sm text-muted-foreground">
        {t('signUp.haveAccount')}{' '}
        <Link href="/sign-in" className="font-medium text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary">
          {t('signIn.submit')}
        </Link>
      </p>
    </>
  );
}
