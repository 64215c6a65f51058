'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { toast } from '@/components/ui/toast';
import { PasswordInput } from '@/components/auth/password-input';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import type { ActionError, ActionResult } from '@/lib/http/action';

interface PasswordFormProps {
  email: string;
  change: (input: { current: string; next: string }) => Promise<ActionResult<null>>;
}

export function PasswordForm({ email, change }: PasswordFormProps) {
  const t = useTranslations('settings.security');
  const auth = useTranslations('auth');
  const describe = useActionMessage();
  const [error, setError] = useState<ActionError | null>(null);
  const [pending, setPending] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setPending(true);
    const result = await change({ current: String(data.get('current')), next: String(data.get('next')) });
    setPending(false);
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    form.reset();
    toast.success(t('changed'));
  }

  return (
    <form onSubmit={submit}>
      <Card>
        <CardHeader>
          <CardTitle>{t('password')}</CardTitle>
        </CardHeader>
        <CardContent className="grid gap-4">
          {error && error.param === null && (
            <Alert variant="danger">
              <AlertTitle className="font-normal">{describe(error)}</AlertTitle>
            </Alert>
          )}
          {/* Lets a password manager know whose password this is. */}
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <Field label={t('current')} error={error?.param === 'current' ? t('wrong') : undefined}>
            <PasswordInput name="current" autoComplete="current-password" required maxLength={256} />
          </Field>
          <Field label={t('next')} hint={auth('passwordHint')} error={error?.param === 'next' ? auth('problems.password') : undefined}>
            <PasswordInput name="next" autoComplete="new-password" required minLength={8} maxLength={256} />
          </Field>
        </CardContent>
        <CardFooter className="justify-between">
          <p className="text-xs text-muted-foreground">{t('changeHint')}</p>
          <Button type="submit" pending={pending}>
            {t('change')}
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}
