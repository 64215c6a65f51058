'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { CheckField } from '@/components/operator/check-field';
import { readForm } from '@/components/operator/form-values';
import { useRun } from '@/components/operator/use-run';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { ActionResult } from '@/lib/http/action';
import type { AbuseSettings, AbuseSettingsInput } from '@/lib/services/abuse/abuse-settings';
import { SettingsSection } from './settings-section';

const KINDS: readonly { kind: AbuseSettings['captcha']; label: string | null }[] = [
  { kind: 'off', label: null },
  { kind: 'turnstile', label: 'Cloudflare Turnstile' },
  { kind: 'hcaptcha', label: 'hCaptcha' },
  { kind: 'recaptcha', label: 'reCAPTCHA v2' },
];

export interface AbuseFormProps {
  abuse: AbuseSettings;
  save: (input: z.output<typeof AbuseSettingsInput>) => Promise<ActionResult<void>>;
}

/** What stands between a stranger and the operator's money: a captcha, and names that providers can block by. */
export function AbuseForm({ abuse, save }: AbuseFormProps) {
  const t = useTranslations('operatorSettings.abuse');
  const settings = useTranslations('operatorSettings');
  const { pending, run } = useRun();
  const [captcha, setCaptcha] = useState(abuse.captcha);
  const isOn = captcha !== 'off';

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const { text, checked } = readForm(new FormData(form));
    const keys = isOn ? { siteKey: text('siteKey'), secret: text('secret'), verifyUrl: text('verifyUrl') } : { siteKey: abuse.siteKey, secret: '', verifyUrl: abuse.verifyUrl };
    void run(() => save({ captcha, ...keys, safetyIdentifier: checked('safetyIdentifier') }), settings('saved')).then((saved) => {
      const secret = form.elements.namedItem('secret');
      // What was stored is not shown again, not even to who just typed it.
      if (saved !== null && secret instanceof HTMLInputElement) secret.value = '';
    });
  }

  return (
    <form onSubmit={send} className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4">
      <SettingsSection title={t('captcha')} lead={t('captchaLead')}>
        <Field label={t('kind')} className="sm:col-span-2">
          <NativeSelect value={captcha} onChange={(event) => setCaptcha(KINDS.find(({ kind }) => kind === event.target.value)?.kind ?? 'off')}>
            {KINDS.map(({ kind, label }) => (
              <option key={kind} value={kind}>
                {label ?? t('off')}
              </option>
            ))}
          </NativeSelect>
        </Field>
        {isOn && (
          <>
            <Field label={t('siteKey')}>
              <Input name="siteKey" required maxLength={200} defaultValue={abuse.siteKey} autoComplete="off" className="figures" />
            </Field>
            <Field label={t('secret')} hint={t(abuse.hasSecret ? 'secretKept' : 'secretHint')}>
              <Input name="secret" type="password" required={!abuse.hasSecret} maxLength={500} autoComplete="off" className="figures" />
            </Field>
            <Field label={t('verifyUrl')} hint={t('verifyUrlHint')} className="sm:col-span-2">
              <Input name="verifyUrl" type="url" maxLength={500} defaultValue={abuse.verifyUrl} placeholder="https://" autoComplete="off" className="figures" />
            </Field>
          </>
        )}
      </SettingsSection>
      <SettingsSection title={t('safety')} lead={t('safetyLead')}>
        <CheckField name="safetyIdentifier" label={t('safetySwitch')} defaultChecked={abuse.safetyIdentifier} className="sm:col-span-2" />
      </SettingsSection>
      <p className="max-w-[72ch] text-sm text-muted-foreground">{t('standingLead')}</p>
      <div>
        <Button type="submit" pending={pending}>
          {settings('save')}
        </Button>
      </div>
    </form>
  );
}
