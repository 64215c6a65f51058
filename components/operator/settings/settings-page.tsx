'use client';

import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { CheckField } from '@/components/operator/check-field';
import { readForm } from '@/components/operator/form-values';
import { useRun } from '@/components/operator/use-run';
import { PageHeader } from '@/components/patterns/page-header';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { Textarea } from '@/components/ui/textarea';
import type { ActionResult } from '@/lib/http/action';
import type { SignupPolicy, SignupPolicyInput } from '@/lib/services/accounts/signup-policy';
import type { BrandingSettings } from '@/lib/services/branding/branding';
import type { SettingsItem } from '@/lib/services/config/items';
import { SignupForm } from './signup-form';

const TABS = ['general', 'signup', 'branding'] as const;

interface SettingsPageProps {
  general: SettingsItem;
  plans: { id: string; name: string }[];
  signup: SignupPolicy;
  branding: BrandingSettings;
  actions: {
    saveGeneral: (input: { settings: Partial<SettingsItem> }) => Promise<ActionResult<void>>;
    saveSignup: (input: z.input<typeof SignupPolicyInput>) => Promise<ActionResult<void>>;
    saveBranding: (input: BrandingSettings) => Promise<ActionResult<void>>;
  };
}

export function OperatorSettingsPage({ general, plans, signup, branding, actions }: SettingsPageProps) {
  const t = useTranslations('operatorSettings');
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(TABS).withDefault('general'));
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer')} />
      <Tabs value={tab} onValueChange={(value) => setTab(value as (typeof TABS)[number])}>
        <TabsList aria-label={t('title')}>
          {TABS.map((one) => (
            <TabsTrigger key={one} value={one}>
              {t(`tab.${one}`)}
            </TabsTrigger>
          ))}
        </TabsList>
        <TabsContent value="general">
          <GeneralForm general={general} plans={plans} save={actions.saveGeneral} />
        </TabsContent>
        <TabsContent value="signup">
          <SignupForm signup={signup} save={actions.saveSignup} submit={t('save')} />
        </TabsContent>
        <TabsContent value="branding">
          <BrandingForm branding={branding} save={actions.saveBranding} />
        </TabsContent>
      </Tabs>
    </>
  );
}

function GeneralForm({ general, plans, save }: { general: SettingsItem; plans: SettingsPageProps['plans']; save: SettingsPageProps['actions']['saveGeneral'] }) {
  const t = useTranslations('operatorSettings');
  const { pending, run } = useRun();

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { text, checked } = readForm(new FormData(event.currentTarget));
    void run(() => save({ settings: { defaultPlan: text('defaultPlan'), markupPercent: text('markupPercent') || '0', logBodies: checked('logBodies'), automaticTax: checked('automaticTax') } }), t('saved'));
  }

  return (
    <form onSubmit={send} className="grid max-w-xl gap-4">
      <Field label={t('defaultPlan')} hint={t('defaultPlanHint')}>
        <NativeSelect name="defaultPlan" defaultValue={general.defaultPlan}>
          {plans.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <Field label={t('markup')} note="%" hint={t('markupHint')}>
        <Input name="markupPercent" inputMode="decimal" pattern="\d{1,4}(\.\d{1,4})?" defaultValue={general.markupPercent} className="figures" />
      </Field>
      <CheckField name="logBodies" label={t('logBodies')} hint={t('logBodiesHint')} defaultChecked={general.logBodies} />
      <CheckField name="automaticTax" label={t('automaticTax')} hint={t('automaticTaxHint')} defaultChecked={general.automaticTax} />
      <div>
        <Button type="submit" pending={pending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

function BrandingForm({ branding, save }: { branding: BrandingSettings; save: SettingsPageProps['actions']['saveBranding'] }) {
  const t = useTranslations('operatorSettings');
  const { pending, run } = useRun();
  const [light, setLight] = useState(branding.primaryLight);
  const [dark, setDark] = useState(branding.primaryDark);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { text } = readForm(new FormData(event.currentTarget));
    void run(
      () =>
        save({
          name: text('name'),
          primaryLight: light,
          primaryDark: dark,
          termsUrl: text('termsUrl'),
          privacyUrl: text('privacyUrl'),
          announcement: text('announcement'),
          tone: text('tone') === 'warning' ? 'warning' : 'info',
        }),
      t('saved'),
    );
  }

  return (
    <form onSubmit={send} className="grid max-w-xl gap-4">
      <Field label={t('name')} hint={t('nameHint')}>
        <Input name="name" maxLength={40} defaultValue={branding.name} placeholder="Fairlead" autoComplete="off" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('primaryLight')} hint={t('colorHint')}>
          <Input value={light} onChange={(event) => setLight(event.target.value.trim())} placeholder="#0f5c63" maxLength={7} autoComplete="off" className="figures" />
        </Field>
        <Field label={t('primaryDark')} hint={t('colorHint')}>
          <Input value={dark} onChange={(event) => setDark(event.target.value.trim())} placeholder="#5cc3c7" maxLength={7} autoComplete="off" className="figures" />
        </Field>
        <Field label={t('terms')}>
          <Input name="termsUrl" type="url" maxLength={500} defaultValue={branding.termsUrl} placeholder="https://" className="figures" />
        </Field>
        <Field label={t('privacy')}>
          <Input name="privacyUrl" type="url" maxLength={500} defaultValue={branding.privacyUrl} placeholder="https://" className="figures" />
        </Field>
      </div>
      <Field label={t('announcement')} hint={t('announcementHint')}>
        <Textarea name="announcement" rows={2} maxLength={300} defaultValue={branding.announcement} />
      </Field>
      <Field label={t('tone')}>
        <NativeSelect name="tone" defaultValue={branding.tone}>
          <option value="info">{t('toneInfo')}</option>
          <option value="warning">{t('toneWarning')}</option>
        </NativeSelect>
      </Field>
      <div>
        <Button type="submit" pending={pending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
