import { managementRoute } from '@/lib/http/management-route';
import { SettingsAnswer } from '@/lib/services/management/answers/installation';
import { getSettings, UpdateSettingsBody, updateSettings } from '@/lib/services/management/settings-item';

export const GET = managementRoute({
  summary: 'Read the settings of the installation: sign-up, branding, denials, default plan, markup',
  scope: 'settings',
  answer: SettingsAnswer,
  operator: ({ ctx }) => getSettings({ ctx }),
});

export const PATCH = managementRoute({
  summary: 'Change settings; what is not named stays',
  scope: 'settings',
  body: UpdateSettingsBody,
  answer: SettingsAnswer,
  operator: ({ ctx, body }) => updateSettings({ ctx, input: { body } }),
});
