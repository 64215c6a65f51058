'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { FormProblem } from './form-problem';
import type { FormAction, FormState } from './form-state';
import { PasswordInput } from './password-input';

export function SignInForm({ action, next }: { action: FormAction; next: string }) {
  const t = useTranslations('auth');
  const [state, submit, pending] = useActionState<FormState, FormData>(action, {});
  return (
    <form action={submit} className="grid gap-4">
      <FormProblem state={state} />
      <input type="hidden" name="next" value={next} />
      <Field label={t('email')}>
        <Input name="email" type="email" autoComplete="username" required maxLength={254} defaultValue={state.values?.email} className="h-10" />
      </Field>
      <Field label={t('password')}>
        <PasswordInput name="password" autoComplete="current-password" required maxLength={256} />
      </Field>
      <Link href="/forgot" className="justify-self-start text-sm text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary">
        {t('signIn.forgot')}
      </Link>
      <Button type="submit" size="lg" pending={pending} className="mt-2 w-full">
        {t('signIn.submit')}
      </Button>
    </form>
  );
}
