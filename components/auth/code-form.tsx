'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { FormProblem, useFieldProblem } from './form-problem';
import type { FormAction, FormState } from './form-state';

/** The second step of signing in: a code of the app, or a recovery code. */
export function CodeForm({ action, next }: { action: FormAction; next: string }) {
  const t = useTranslations('auth');
  const [state, submit, pending] = useActionState<FormState, FormData>(action, {});
  return (
    <form action={submit} className="grid gap-4">
      <FormProblem state={state} />
      <input type="hidden" name="next" value={next} />
      <Field label={t('code.label')} hint={t('code.hint')} error={useFieldProblem(state, 'code')}>
        <Input
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={64}
          autoFocus
          className="figures h-10 text-lg"
        />
      </Field>
      <Button type="submit" size="lg" pending={pending} className="mt-2 w-full">
        {t('code.submit')}
      </Button>
      <Link href="/sign-in" className="justify-self-start text-sm text-primary underline decoration-primary/40 underline-offset-4 hover:decoration-primary">
        {t('code.other')}
      </Link>
    </form>
  );
}
