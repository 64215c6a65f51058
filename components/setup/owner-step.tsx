'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { PasswordInput } from '@/components/auth/password-input';
import { useActionMessage } from '@/components/patterns/use-action-message';
import { Alert, AlertTitle } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { ActionError } from '@/lib/http/action';
import type { ClaimSetup } from './setup-actions';
import { Stepper } from './stepper';

const FIELDS = ['email', 'password'];

/** The one account that holds the installation. The token is used up by sending this form, not by opening the page. */
export function OwnerStep({ token, claim }: { token: string; claim: ClaimSetup }) {
  const t = useTranslations('operatorSetup');
  const auth = useTranslations('auth');
  const common = useTranslations('common');
  const describe = useActionMessage();
  const router = useRouter();
  const [error, setError] = useState<ActionError | null>(null);
  const [pending, setPending] = useState(false);
  const problem = (field: string) => (error?.param === field ? describe(error) : undefined);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    setPending(true);
    const result = await claim({ token, name: text('name'), email: text('email'), password: text('password'), organization: text('organization') });
    setPending(false);
    if (!result.ok) return setError(result.error);
    router.replace('/setup?step=checks');
    router.refresh();
  }

  return (
    <div className="grid gap-6">
      <Stepper current="owner" />
      <div>
        <h2 className="text-lg font-semibold">{t('owner.title')}</h2>
        <p className="text-sm text-muted-foreground">{t('owner.lead')}</p>
      </div>
      <form onSubmit={send} className="grid max-w-md gap-4">
        {error && !FIELDS.includes(error.param ?? '') && (
          <Alert variant="danger">
            <AlertTitle className="font-normal">{error.code === 'not_found' ? t('owner.dead') : describe(error)}</AlertTitle>
          </Alert>
        )}
        <Field label={auth('name')} note={common('optional')}>
          <Input name="name" autoComplete="name" maxLength={80} />
        </Field>
        <Field label={auth('email')} error={problem('email')}>
          <Input name="email" type="email" required autoComplete="email" maxLength={254} />
        </Field>
        <Field label={auth('password')} hint={t('owner.passwordHint')} error={problem('password')}>
          <PasswordInput name="password" autoComplete="new-password" required minLength={12} maxLength={256} />
        </Field>
        <Field label={auth('organization')} note={common('optional')} hint={t('owner.organizationHint')}>
          <Input name="organization" autoComplete="organization" maxLength={80} />
        </Field>
        <div>
          <Button type="submit" pending={pending}>
            {t('owner.submit')}
          </Button>
        </div>
      </form>
    </div>
  );
}
