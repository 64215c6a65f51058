import { stringify } from 'yaml';
import { STARTER_MODELS } from '@/lib/services/catalogue/starter';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { DEMO_PROVIDER_ID } from '@/lib/services/catalogue/starter';
import { type ConfigState, type ModelItem, toPrices } from './items';
import { readState } from './read-state';

/**
 * The whole configuration as a `fairlead.yaml`: sorted, the same text for the same state, and every field written out,
 * so that applying it anywhere gives this state. The demo provider and its unchanged models are part of the product and left out.
 */
export async function exportConfig(_args: { ctx: OperatorCtx }): Promise<string> {
  return writeConfig(await asSystem(async (tx) => (await readState(tx)).state));
}

export function writeConfig(state: ConfigState): string {
  const demo = state.providers.get(DEMO_PROVIDER_ID);
  const document = {
    apiVersion: 'fairlead/v1',
    providers: [
      ...(demo && !demo.enabled ? [{ id: demo.id, adapter: demo.adapter, enabled: false }] : []),
      ...[...state.providers.values()].filter(({ id }) => id !== DEMO_PROVIDER_ID),
    ],
    models: [...state.models.values()].filter((model) => !isUntouchedDemoModel(model)),
    aliases: [...state.aliases.values()],
    plans: [...state.plans.values()],
    settings: state.settings,
  };
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false, singleQuote: false });
}

function isUntouchedDemoModel(model: ModelItem): boolean {
  const starter = STARTER_MODELS.find(({ id }) => id === model.id);
  if (!starter) return false;
  const { input, output, ...rest } = starter;
  const original: ModelItem = { ...rest, provider: DEMO_PROVIDER_ID, upstreamModel: starter.id, prices: toPrices({ input, output }), enabled: true };
  return (Object.keys(original) as (keyof ModelItem)[]).every((key) => JSON.stringify(model[key]) === JSON.stringify(original[key]));
}
