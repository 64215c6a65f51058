import type { z } from 'zod';
import { SettingsSchema } from '@/lib/services/config/schema';
import { applyConfig } from '@/lib/services/config/apply-config';
import { readState } from '@/lib/services/config/read-state';
import { configSurroundings } from '@/lib/services/config/surroundings';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { inSnakeCase, toConfigKeys } from './item-schema';
import { asBodyError } from './installation-item';
import { toSnakeCase } from './snake-case';

/** `PATCH /api/v1/settings`: `settings` of fairlead.yaml in snake_case; what is not named stays. */
export const UpdateSettingsBody = inSnakeCase(SettingsSchema) as z.ZodObject;

/** The settings of the installation, as fairlead.yaml names them. */
export async function getSettings(_args: { ctx: OperatorCtx }): Promise<unknown> {
  return toSnakeCase((await asSystem((tx) => readState(tx))).state.settings);
}

/** Changes what the body names, with the checks and the audit row of a configuration. */
export async function updateSettings({ ctx, input }: { ctx: OperatorCtx; input: { body: unknown } }): Promise<unknown> {
  const settings = toConfigKeys(SettingsSchema, input.body);
  const text = JSON.stringify({ apiVersion: 'fairlead/v1', settings });
  await applyConfig({ ctx, input: { text }, surroundings: configSurroundings('remote'), audit: { action: 'settings.update', targetType: 'settings' } }).catch(
    (thrown) => {
      throw asBodyError(thrown, 'settings.');
    },
  );
  return getSettings({ ctx });
}
