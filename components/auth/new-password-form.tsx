'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { LegalTexts } from '@/lib/services/accounts/legal-acceptance';
import { FormProblem, useFieldProblem } from './form-problem';
import type { FormAction, FormState } from './form-state';
import { LegalField } from './legal-field';
import { PasswordInput } from './password-input';

interface NewPasswordFormProps {
  action: FormAction;
  token: string;
  submitLabel: string;
  passwordLabel: string;
  /** For a new account: its address, which the link decides, and a name to be called by. */
  newAccount?: { email: string; legal: LegalTexts | null };
}

/** A password for whoever came by a mailed link. */
export function NewPasswordForm({ action, token, submitLabel, passwordLabel, newAccount }: NewPasswordFormProps) {
  const t = useTranslations('auth');
  const common = useTranslations('common');
  const [state, submit, pending] = useActionState<FormState, FormData>(action, {});
  const nameProblem = useFieldProblem(state, 'name');
  return (
    <form action={submit} className="grid gap-4">
      <FormProblem state={state} />
      <input type="hidden" name="token" value={token} />
      {newAccount && (
        <>
          <Field label={t('email')}>
            <Input readOnly value={newAccount.email} autoComplete="username" className="h-10 bg-surface-muted" />
          </Field>
          <Field label={t('name')} note={common('optional')} error={nameProblem}>
            <Input name="name" autoComplete="name" maxLength={80} defaultValue={state.values?.name} className="h-10" />
          </Field>
        </>
      )}
      <Field label={passwordLabel} hint={t('passwordHint')} error={useFieldProblem(state, 'password')}>
        <PasswordInput name="password" autoComplete="new-password" required minLength={8} maxLength={256} />
      </Field>
      {newAccount?.legal && <LegalField texts={newAccount.legal} state={state} />}
      <Button type="submit" size="lg" pending={pending} className="mt-2 w-full">
        {submitLabel}
      </Button>
    </form>
  );
}
