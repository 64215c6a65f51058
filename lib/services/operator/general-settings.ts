import { z } from 'zod';
import { readState } from '@/lib/services/config/read-state';
import { SettingsSchema } from '@/lib/services/config/schema';
import type { SettingsItem } from '@/lib/services/config/items';
import type { OperatorCtx } from '@/lib/services/context';
import { applyEntries } from '@/lib/services/operator/apply-entries';
import { asSystem } from '@/lib/store';

export const GeneralSettingsInput = z.object({ settings: SettingsSchema });

/** Settings that fairlead.yaml knows, too: where new organizations begin, the markup, whether bodies are logged. */
export async function readGeneralSettings(_args: { ctx: OperatorCtx }): Promise<SettingsItem> {
  return (await asSystem((tx) => readState(tx))).state.settings;
}

export async function saveGeneralSettings({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof GeneralSettingsInput> }): Promise<void> {
  await applyEntries(ctx, { settings: input.settings }, { action: 'settings.general', targetType: 'settings', targetId: 'general' });
}
