'use client';

import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import type { z } from 'zod';
import { CheckField } from '@/components/operator/check-field';
import { readForm } from '@/components/operator/form-values';
import { useRun } from '@/components/operator/use-run';
import { PageHeader } from '@/components/patterns/page-header';
import { useUrlTab } from '@/components/patterns/use-url-tab';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import type { ActionResult } from '@/lib/http/action';
import type { SignupPolicy, SignupPolicyInput } from '@/lib/services/accounts/signup-policy';
import type { AbuseSettings } from '@/lib/services/abuse/abuse-settings';
import type { BrandingSettings } from '@/lib/services/branding/branding-schema';
import type { SettingsItem } from '@/lib/services/config/items';
import { AbuseForm, type AbuseFormProps } from './abuse-form';
import { BrandingForm, type BrandingFormProps } from './branding-form';
import { MailPreviews, type MailPreviewsProps } from './mail-previews';
import { SignupForm } from './signup-form';

const TABS = ['general', 'signup', 'abuse', 'branding', 'mails'] as const;

interface SettingsPageProps {
  general: SettingsItem;
  plans: { id: string; name: string }[];
  signup: SignupPolicy;
  abuse: AbuseSettings;
  branding: BrandingSettings;
  place: BrandingFormProps['place'];
  mailKinds: MailPreviewsProps['kinds'];
  actions: {
    saveGeneral: (input: { settings: Partial<SettingsItem> }) => Promise<ActionResult<void>>;
    saveSignup: (input: z.input<typeof SignupPolicyInput>) => Promise<ActionResult<void>>;
    saveAbuse: AbuseFormProps['save'];
    saveBranding: BrandingFormProps['save'];
    saveLogo: BrandingFormProps['saveLogo'];
    previewMail: MailPreviewsProps['preview'];
    sendMail: MailPreviewsProps['send'];
  };
}

export function OperatorSettingsPage({ general, plans, signup, abuse, branding, place, mailKinds, actions }: SettingsPageProps) {
  const t = useTranslations('operatorSettings');
  const [tab, setTab] = useUrlTab(TABS, 'general');
  return (
    <>
      <PageHeader title={t('title')} answer={t('answer')} />
      <Tabs value={tab} onValueChange={setTab}>
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
        <TabsContent value="abuse">
          <AbuseForm abuse={abuse} save={actions.saveAbuse} />
        </TabsContent>
        <TabsContent value="branding">
          <BrandingForm branding={branding} place={place} save={actions.saveBranding} saveLogo={actions.saveLogo} />
        </TabsContent>
        <TabsContent value="mails">
          <MailPreviews kinds={mailKinds} preview={actions.previewMail} send={actions.sendMail} />
        </TabsContent>
      </Tabs>
    </>
  );
}

function GeneralForm({
  general,
  plans,
  save,
}: {
  general: SettingsItem;
  plans: SettingsPageProps['plans'];
  save: SettingsPageProps['actions']['saveGeneral'];
}) {
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
