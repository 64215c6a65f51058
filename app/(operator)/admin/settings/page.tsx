import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OperatorSettingsPage } from '@/components/operator/settings/settings-page';
import { requireOperator } from '@/lib/auth/require';
import { env } from '@/lib/env';
import { readAbuseSettings } from '@/lib/services/abuse/abuse-settings';
import { readSignupPolicy } from '@/lib/services/accounts/signup-policy';
import { BrandingInput, readBranding } from '@/lib/services/branding/branding';
import { readGeneralSettings } from '@/lib/services/operator/general-settings';
import { MAIL_KINDS } from '@/lib/services/operator/mails/preview-mails';
import { listPlans } from '@/lib/services/operator/plans/list-plans';
import { saveSignupPolicyAction } from '../../../(setup)/setup/actions';
import { previewMailAction, saveAbuseSettingsAction, saveBrandingAction, saveGeneralSettingsAction, saveLogoAction, sendSampleMailAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operatorSettings'))('title') };
}

export default async function Page() {
  const ctx = await requireOperator();
  const [general, plans, signup, abuse, branding] = await Promise.all([readGeneralSettings({ ctx }), listPlans({ ctx }), readSignupPolicy(), readAbuseSettings(), readBranding()]);
  return (
    <OperatorSettingsPage
      general={general}
      plans={plans.map(({ id, name }) => ({ id, name }))}
      signup={signup}
      abuse={abuse}
      branding={BrandingInput.parse(branding)}
      place={{ appUrl: env().appUrl, mailFrom: env().mailFrom }}
      mailKinds={MAIL_KINDS}
      actions={{
        saveGeneral: saveGeneralSettingsAction,
        saveSignup: saveSignupPolicyAction,
        saveAbuse: saveAbuseSettingsAction,
        saveBranding: saveBrandingAction,
        saveLogo: saveLogoAction,
        previewMail: previewMailAction,
        sendMail: sendSampleMailAction,
      }}
    />
  );
}
