'use client';

import { useTranslations } from 'next-intl';
import { SignupForm } from '@/components/operator/settings/signup-form';
import type { SignupPolicy } from '@/lib/services/accounts/signup-policy';
import type { SetupActions } from './setup-actions';

export function SignupStep({ signup, save, onNext }: { signup: SignupPolicy; save: SetupActions['saveSignup']; onNext: () => void }) {
  const t = useTranslations('operatorSetup.signup');
  return (
    <section aria-labelledby="signup" className="grid gap-4">
      <div>
        <h2 id="signup" className="text-lg font-semibold">
          {t('title')}
        </h2>
        <p className="text-sm text-muted-foreground">{t('lead')}</p>
      </div>
      <SignupForm signup={signup} save={save} submit={t('submit')} onSaved={onNext} />
    </section>
  );
}
