import { stringify } from 'yaml';
import { STARTER_MODELS } from '@/lib/services/catalogue/starter';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { DEMO_PROVIDER_ID } from '@/lib/services/catalogue/starter';
import { toPrices } from './canonical';
import type { ConfigState, ModelItem, ProviderItem } from './items';
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
      ...(demo && !isUntouchedDemo(demo) ? [withoutDoors(demo)] : []),
      ...[...state.providers.values()].filter(({ id }) => id !== DEMO_PROVIDER_ID),
    ],
    models: [...state.models.values()].filter((model) => !isUntouchedDemoModel(model)),
    aliases: [...state.aliases.values()],
    plans: [...state.plans.values()],
    ...(state.budgets.size > 0 ? { budgets: [...state.budgets.values()] } : {}),
    settings: state.settings,
  };
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false, singleQuote: false });
}

function isUntouchedDemo(demo: ProviderItem): boolean {
  const original = { ...demo, label: 'Demo', dataRegion: null, timeouts: {}, breaker: {}, onClientDisconnect: 'cancel', enabled: true };
  return JSON.stringify(demo) === JSON.stringify(original);
}

/** The demo runs in process: it has no address and no credentials, and a file may not give it any. */
function withoutDoors({ baseUrl: _baseUrl, credentials: _credentials, ...rest }: ProviderItem): Partial<ProviderItem> {
  return rest;
}

function isUntouchedDemoModel(model: ModelItem): boolean {
  const starter = STARTER_MODELS.find(({ id }) => id === model.id);
  if (!starter) return false;
  const { input, output, ...rest } = starter;
  const original: ModelItem = { ...rest, provider: DEMO_PROVIDER_ID, upstreamModel: starter.id, prices: toPrices({ input, output }), scheduledPrices: [], retiresOn: null, enabled: true };
  return (Object.keys(original) as (keyof ModelItem)[]).every((key) => JSON.stringify(model[key]) === JSON.stringify(original[key]));
}
