import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ForgotForm } from '@/components/auth/forgot-form';
import { env } from '@/lib/env';
import { submitForgot } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('forgot.title') };
}

export default async function ForgotPage() {
  const t = await getTranslations('auth.forgot');
  return (
    <>
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <p className="mt-2 mb-8 text-muted-foreground">{t('lead')}</p>
      <ForgotForm action={submitForgot} sendsMail={env().smtpUrl !== undefined} />
      <p className="mt-6 text-sm">
        <Link href="/sign-in" className="font-medium text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary">
          {t('back')}
        </Link>
      </p>
    </>
  );
}
