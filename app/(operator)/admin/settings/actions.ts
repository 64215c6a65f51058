'use server';

import { operatorAction } from '@/lib/http/action';
import { AbuseSettingsInput, saveAbuseSettings } from '@/lib/services/abuse/abuse-settings';
import { BrandingInput, saveBranding } from '@/lib/services/branding/branding';
import { SaveLogoInput, saveLogo } from '@/lib/services/branding/logo';
import { MailKindInput, previewMail, sendSampleMail } from '@/lib/services/operator/mails/preview-mails';
import { GeneralSettingsInput, saveGeneralSettings } from '@/lib/services/operator/general-settings';

export const previewMailAction = operatorAction(MailKindInput, previewMail);
export const sendSampleMailAction = operatorAction(MailKindInput, sendSampleMail);
export const saveGeneralSettingsAction = operatorAction(GeneralSettingsInput, saveGeneralSettings);
export const saveBrandingAction = operatorAction(BrandingInput, saveBranding);
export const saveLogoAction = operatorAction(SaveLogoInput, saveLogo);
export const saveAbuseSettingsAction = operatorAction(AbuseSettingsInput, saveAbuseSettings);
