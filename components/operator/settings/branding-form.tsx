'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { readForm } from '@/components/operator/form-values';
import { useRun } from '@/components/operator/use-run';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import type { ActionResult } from '@/lib/http/action';
import type { BrandingSettings } from '@/lib/services/branding/branding-schema';
import { LogoField } from './logo-field';
import { SettingsSection } from './settings-section';

export interface BrandingFormProps {
  branding: BrandingSettings;
  /** What the environment decides, shown beside what a form can change. */
  place: { appUrl: string; mailFrom: string };
  save: (input: BrandingSettings) => Promise<ActionResult<void>>;
  saveLogo: (input: { data: string }) => Promise<ActionResult<void>>;
}

/** How the product presents itself: the operator's own name, look, texts, mails and currency. */
export function BrandingForm({ branding, place, save, saveLogo }: BrandingFormProps) {
  const t = useTranslations('operatorSettings');
  const { pending, run } = useRun();
  const [light, setLight] = useState(branding.primaryLight);
  const [dark, setDark] = useState(branding.primaryDark);
  const [currency, setCurrency] = useState(branding.currency);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { text } = readForm(new FormData(event.currentTarget));
    const input: BrandingSettings = {
      name: text('name'),
      publicUrl: text('publicUrl'),
      primaryLight: light,
      primaryDark: dark,
      termsUrl: text('termsUrl'),
      privacyUrl: text('privacyUrl'),
      legalVersion: text('legalVersion'),
      senderName: text('senderName'),
      senderAddress: text('senderAddress'),
      currency,
      cnyPerUsd: currency === 'CNY' ? text('cnyPerUsd') : branding.cnyPerUsd,
      cnyRateDate: currency === 'CNY' ? text('cnyRateDate') : branding.cnyRateDate,
      announcement: text('announcement'),
      tone: text('tone') === 'warning' ? 'warning' : 'info',
    };
    void run(() => save(input), t('saved'));
  }

  return (
    <form onSubmit={send} className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4">
      <SettingsSection title={t('look')}>
        <Field label={t('name')} hint={t('nameHint')}>
          <Input name="name" maxLength={40} defaultValue={branding.name} placeholder="Fairlead" autoComplete="off" />
        </Field>
        <Field label={t('domain')} hint={t('domainHint', { url: place.appUrl })}>
          <Input name="publicUrl" type="url" maxLength={200} defaultValue={branding.publicUrl} placeholder={place.appUrl} autoComplete="off" className="figures" />
        </Field>
        <LogoField save={saveLogo} />
        <Field label={t('primaryLight')} hint={t('colorHint')}>
          <Input
            value={light}
            onChange={(event) => setLight(event.target.value.trim())}
            placeholder="#0f5c63"
            maxLength={7}
            autoComplete="off"
            className="figures"
          />
        </Field>
        <Field label={t('primaryDark')} hint={t('colorHint')}>
          <Input
            value={dark}
            onChange={(event) => setDark(event.target.value.trim())}
            placeholder="#5cc3c7"
            maxLength={7}
            autoComplete="off"
            className="figures"
          />
        </Field>
      </SettingsSection>
      <SettingsSection title={t('legalTitle')} lead={t('legalLead')}>
        <Field label={t('terms')}>
          <Input name="termsUrl" type="url" maxLength={500} defaultValue={branding.termsUrl} placeholder="https://" className="figures" />
        </Field>
        <Field label={t('privacy')}>
          <Input name="privacyUrl" type="url" maxLength={500} defaultValue={branding.privacyUrl} placeholder="https://" className="figures" />
        </Field>
        <Field label={t('legalVersion')} hint={t('legalVersionHint')}>
          <Input name="legalVersion" maxLength={40} defaultValue={branding.legalVersion} autoComplete="off" className="figures" />
        </Field>
      </SettingsSection>
      <SettingsSection title={t('mail')}>
        <Field label={t('senderName')} hint={t('senderNameHint')}>
          <Input name="senderName" maxLength={80} defaultValue={branding.senderName} autoComplete="off" />
        </Field>
        <Field label={t('senderAddress')} hint={t('senderAddressHint', { from: place.mailFrom })}>
          <Input name="senderAddress" type="email" maxLength={254} defaultValue={branding.senderAddress} autoComplete="off" className="figures" />
        </Field>
      </SettingsSection>
      <SettingsSection title={t('money')} lead={t('moneyLead')}>
        <Field label={t('currency')} className="sm:col-span-2">
          <NativeSelect name="currency" value={currency} onChange={(event) => setCurrency(event.target.value === 'CNY' ? 'CNY' : 'USD')}>
            <option value="USD">{t('currencyUsd')}</option>
            <option value="CNY">{t('currencyCny')}</option>
          </NativeSelect>
        </Field>
        {currency === 'CNY' && (
          <>
            <Field label={t('cnyPerUsd')}>
              <Input
                name="cnyPerUsd"
                inputMode="decimal"
                required
                pattern="\d{1,4}(\.\d{1,6})?"
                defaultValue={branding.cnyPerUsd}
                placeholder="7.12"
                className="figures"
              />
            </Field>
            <Field label={t('cnyRateDate')}>
              <Input name="cnyRateDate" type="date" required defaultValue={branding.cnyRateDate} className="figures" />
            </Field>
          </>
        )}
      </SettingsSection>
      <SettingsSection title={t('announcementTitle')}>
        <Field label={t('announcement')} hint={t('announcementHint')} className="sm:col-span-2">
          <Textarea name="announcement" rows={2} maxLength={300} defaultValue={branding.announcement} />
        </Field>
        <Field label={t('tone')}>
          <NativeSelect name="tone" defaultValue={branding.tone}>
            <option value="info">{t('toneInfo')}</option>
            <option value="warning">{t('toneWarning')}</option>
          </NativeSelect>
        </Field>
      </SettingsSection>
      <div>
        <Button type="submit" pending={pending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
