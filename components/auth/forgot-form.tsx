'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { FormProblem, useFieldProblem } from './form-problem';
import type { FormAction, FormState } from './form-state';

interface ForgotFormProps {
  action: FormAction;
  /** False where no mail leaves the installation: then the operator has the link. */
  sendsMail: boolean;
}

export function ForgotForm({ action, sendsMail }: ForgotFormProps) {
  const t = useTranslations('auth');
  const [state, submit, pending] = useActionState<FormState, FormData>(action, {});
  const problem = useFieldProblem(state, 'email');
  if (state.done) {
    return (
      <Alert variant="success" role="status">
        <AlertTitle>{t('forgot.sent', { email: state.values?.email ?? '' })}</AlertTitle>
        <AlertDescription>{sendsMail ? t('forgot.sentHint') : t('forgot.noMail')}</AlertDescription>
      </Alert>
    );
  }
  return (
    <form action={submit} className="grid gap-4">
      <FormProblem state={state} />
      <Field label={t('email')} error={problem}>
        <Input name="email" type="email" autoComplete="username" required maxLength={254} defaultValue={state.values?.email} className="h-10" />
      </Field>
      <Button type="submit" size="lg" pending={pending} className="mt-2 w-full">
        {t('forgot.submit')}
      </Button>
    </form>
  );
}
