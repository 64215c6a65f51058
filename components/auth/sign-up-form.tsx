'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { CaptchaChallenge } from '@/lib/services/abuse/captcha-kinds';
import type { LegalTexts } from '@/lib/services/accounts/legal-acceptance';
import { CaptchaField } from './captcha-field';
import { FormProblem, useFieldProblem } from './form-problem';
import type { FormAction, FormState } from './form-state';
import { LegalField } from './legal-field';
import { PasswordInput } from './password-input';

interface SignUpFormProps {
  action: FormAction;
  /** What has to be accepted, and solved; null: nothing. */
  legal: LegalTexts | null;
  captcha: CaptchaChallenge | null;
}

export function SignUpForm({ action, legal, captcha }: SignUpFormProps) {
  const t = useTranslations('auth');
  const common = useTranslations('common');
  const [state, submit, pending] = useActionState<FormState, FormData>(action, {});
  return (
    <form action={submit} className="grid gap-4">
      <FormProblem state={state} />
      <Field label={t('name')} note={common('optional')} error={useFieldProblem(state, 'name')}>
        <Input name="name" autoComplete="name" maxLength={80} defaultValue={state.values?.name} className="h-10" />
      </Field>
      <Field label={t('email')} error={useFieldProblem(state, 'email')}>
        <Input name="email" type="email" autoComplete="email" required maxLength={254} defaultValue={state.values?.email} className="h-10" />
      </Field>
      <Field label={t('password')} hint={t('passwordHint')} error={useFieldProblem(state, 'password')}>
        <PasswordInput name="password" autoComplete="new-password" required minLength={8} maxLength={256} />
      </Field>
      <Field label={t('organization')} note={common('optional')} hint={t('organizationHint')} error={useFieldProblem(state, 'organization')}>
        <Input name="organization" autoComplete="organization" maxLength={80} defaultValue={state.values?.organization} className="h-10" />
      </Field>
      {legal && <LegalField texts={legal} state={state} />}
      {captcha && <CaptchaField challenge={captcha} state={state} />}
      <Button type="submit" size="lg" pending={pending} className="mt-2 w-full">
        {t('signUp.submit')}
      </Button>
    </form>
  );
}
