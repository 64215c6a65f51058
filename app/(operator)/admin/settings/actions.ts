'use server';

import { operatorAction } from '@/lib/http/action';
import { BrandingInput, saveBranding } from '@/lib/services/branding/branding';
import { GeneralSettingsInput, saveGeneralSettings } from '@/lib/services/operator/general-settings';

export const saveGeneralSettingsAction = operatorAction(GeneralSettingsInput, saveGeneralSettings);
export const saveBrandingAction = operatorAction(BrandingInput, saveBranding);
