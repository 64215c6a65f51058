import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OperatorSettingsPage } from '@/components/operator/settings/settings-page';
import { requireOperator } from '@/lib/auth/require';
import { env } from '@/lib/env';
import { readAbuseSettings } from '@/lib/services/abuse/abuse-settings';
import { readSignupPolicy } from '@/lib/services/accounts/signup-policy';
import { BrandingInput, readBranding } from '@/lib/services/branding/branding';
import { readGeneralSettings } from '@/lib/services/operator/general-settings';
import { previewMails } from '@/lib/services/operator/mails/preview-mails';
import { listPlans } from '@/lib/services/operator/plans/list-plans';
import { saveSignupPolicyAction } from '../../../(setup)/setup/actions';
import { saveAbuseSettingsAction, saveBrandingAction, saveGeneralSettingsAction, saveLogoAction, sendSampleMailAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorSettings'))('title') };
}

export default async function Page() {
  const ctx = await requireOperator();
  const [general, plans, signup, abuse, branding, en, zh] = await Promise.all([
    readGeneralSettings({ ctx }),
    listPlans({ ctx }),
    readSignupPolicy(),
    readAbuseSettings(),
    readBranding(),
    previewMails({ ctx, input: { locale: 'en' } }),
    previewMails({ ctx, input: { locale: 'zh-CN' } }),
  ]);
  return (
    <OperatorSettingsPage
      general={general}
      plans={plans.map(({ id, name }) => ({ id, name }))}
      signup={signup}
      abuse={abuse}
      branding={BrandingInput.parse(branding)}
      place={{ appUrl: env().appUrl, mailFrom: env().mailFrom }}
      mails={{ en, 'zh-CN': zh }}
      actions={{
        saveGeneral: saveGeneralSettingsAction,
        saveSignup: saveSignupPolicyAction,
        saveAbuse: saveAbuseSettingsAction,
        saveBranding: saveBrandingAction,
        saveLogo: saveLogoAction,
        sendMail: sendSampleMailAction,
      }}
    />
  );
}
