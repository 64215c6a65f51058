'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useRun } from '@/components/operator/use-run';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { RadioGroup, RadioGroupItem } from '@/components/ui/radio-group';
import type { ActionResult } from '@/lib/http/action';
import type { SignupPolicy, SignupPolicyInput } from '@/lib/services/accounts/signup-policy';
import type { z } from 'zod';

const POLICIES = ['open', 'invite', 'closed'] as const;

interface SignupFormProps {
  signup: SignupPolicy;
  save: (input: z.input<typeof SignupPolicyInput>) => Promise<ActionResult<void>>;
  submit: string;
  onSaved?: () => void;
}

/** Who may sign up by themselves. SIGNUP in the environment is the outer bound. */
export function SignupForm({ signup, save, submit, onSaved }: SignupFormProps) {
  const t = useTranslations('operatorSignup');
  const id = useId();
  const { pending, run } = useRun();
  const [policy, setPolicy] = useState(signup.policy);
  const [domains, setDomains] = useState(signup.domains.join(', '));

  async function send(event: FormEvent) {
    event.preventDefault();
    const saved = await run(() => save({ policy, domains: domains.split(/[\s,]+/).filter(Boolean) }), t('saved'));
    if (saved !== null) onSaved?.();
  }

  return (
    <form onSubmit={send} className="grid max-w-xl gap-4">
      <fieldset className="grid gap-2">
        <legend className="mb-2 text-sm font-medium">{t('legend')}</legend>
        <RadioGroup value={policy} onValueChange={(value) => setPolicy(value as SignupPolicy['policy'])} aria-label={t('legend')}>
          {POLICIES.map((one) => (
            <div key={one} className="flex items-start gap-2.5">
              <RadioGroupItem id={`${id}-${one}`} value={one} disabled={POLICIES.indexOf(one) < POLICIES.indexOf(signup.bound)} className="mt-0.5" />
              <div>
                <Label htmlFor={`${id}-${one}`} className="font-normal">
                  {t(`policy.${one}`)}
                </Label>
                <p className="text-xs text-muted-foreground">{t(`hint.${one}`)}</p>
              </div>
            </div>
          ))}
        </RadioGroup>
        {signup.bound !== 'open' && <p className="text-xs text-muted-foreground">{t('bound', { value: signup.bound })}</p>}
      </fieldset>
      {policy === 'open' && (
        <Field label={t('domains')} hint={t('domainsHint')}>
          <Input value={domains} onChange={(event) => setDomains(event.target.value)} placeholder="example.com" autoComplete="off" className="figures" />
        </Field>
      )}
      <div>
        <Button type="submit" pending={pending}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
