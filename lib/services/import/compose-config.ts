import type { AliasEntry, ConfigFile, ModelEntry } from '@/lib/services/config/schema';
import { composeProviders, freeName, type PastedSecrets, shares } from './compose-providers';
import type { Deployment, ImportDraft } from './draft';

export interface ComposedConfig {
  file: ConfigFile;
  pasted: PastedSecrets;
}

/** Retries at one target that fairlead.yaml accepts. */
const MAX_RETRIES = 5;

/**
 * What was read of another gateway as a fairlead.yaml. A name with one deployment and nothing more becomes a model of
 * that name; one with several, with fallbacks or with deadlines of its own becomes an alias over models named `provider/upstream-model`.
 */
export function composeConfig(draft: ImportDraft): ComposedConfig {
  const { providers, idOf, pasted } = composeProviders(draft);
  const groups = groupByName(draft.deployments);
  const needsAlias = (name: string): boolean => {
    const [only, ...more] = groups.get(name) ?? [];
    // Retries and deadlines belong to the target of an alias.
    return more.length > 0 || hasFallbacks(draft, name, groups) || only?.retries !== undefined || Object.keys(only?.timeouts ?? {}).length > 0;
  };
  const models = new Map<string, ModelEntry>();
  const modelOf = new Map<Deployment, string>();
  const reserved = new Set([...groups.keys(), ...draft.aliases.keys()]);

  for (const [name, deployments] of groups) {
    for (const deployment of deployments) {
      const entry = composeModel(deployment, idOf.get(deployment) ?? '');
      const id = needsAlias(name) ? placeModel(`${entry.provider}/${deployment.upstreamModel}`, entry, models, reserved) : name;
      models.set(id, { ...entry, id });
      modelOf.set(deployment, id);
    }
  }

  const aliases: AliasEntry[] = [];
  for (const name of groups.keys()) if (needsAlias(name)) aliases.push(composeAlias(name, name, draft, groups, modelOf));
  for (const [name, group] of draft.aliases) if (groups.has(group) && !groups.has(name)) aliases.push(composeAlias(name, group, draft, groups, modelOf));

  const plans = draft.plans.map(({ id, allow, markupPercent, limits }) => ({
    id,
    name: id,
    public: false,
    models: { allow: allow.filter((name) => name.includes('*') || groups.has(name) || draft.aliases.has(name)) },
    ...(markupPercent === undefined ? {} : { markupPercent }),
    ...(limits ? { limits } : {}),
  }));
  return {
    file: {
      apiVersion: 'fairlead/v1',
      providers,
      models: [...models.values()],
      ...(aliases.length > 0 ? { aliases } : {}),
      ...(plans.length > 0 ? { plans } : {}),
      ...(draft.budgets.length > 0 ? { budgets: draft.budgets } : {}),
      ...(draft.logBodies === undefined ? {} : { settings: { logBodies: draft.logBodies } }),
    },
    pasted,
  };
}

type Groups = ReadonlyMap<string, readonly Deployment[]>;

function groupByName(deployments: readonly Deployment[]): Groups {
  const groups = new Map<string, Deployment[]>();
  for (const deployment of deployments) {
    const group = groups.get(deployment.name);
    if (group) group.push(deployment);
    else groups.set(deployment.name, [deployment]);
  }
  for (const group of groups.values()) group.sort((a, b) => a.order - b.order);
  return groups;
}

function hasFallbacks({ fallbacks }: Pick<ImportDraft, 'fallbacks'>, name: string, groups: Groups): boolean {
  const { onFailure = [], onContextOverflow = [] } = fallbacks.get(name) ?? {};
  return [...onFailure, ...onContextOverflow].some((other) => other !== name && groups.has(other));
}

function composeModel(deployment: Deployment, provider: string): ModelEntry {
  const { upstreamModel, kind, contextWindow, maxOutputTokens, capabilities, prices, enabled } = deployment;
  return {
    id: '',
    provider,
    upstreamModel,
    ...(kind ? { kind } : {}),
    ...(contextWindow ? { contextWindow } : {}),
    ...(maxOutputTokens ? { maxOutputTokens } : {}),
    ...(capabilities ? { capabilities } : {}),
    ...(prices ? { prices } : {}),
    ...(enabled ? {} : { enabled }),
  };
}

/** Two names may share one model at one provider; two models that differ, such as in price, may not share one id. */
function placeModel(wanted: string, entry: ModelEntry, models: ReadonlyMap<string, ModelEntry>, reserved: ReadonlySet<string>): string {
  const same = (id: string): boolean => JSON.stringify(models.get(id)) === JSON.stringify({ ...entry, id });
  return freeName(wanted, { has: (id) => (reserved.has(id) || models.has(id)) && !same(id) });
}

/** Its own deployments share by weight, or follow in order; what its calls fall back on comes after them. */
function composeAlias(name: string, group: string, { fallbacks, strategy }: ImportDraft, groups: Groups, modelOf: ReadonlyMap<Deployment, string>): AliasEntry {
  const own = groups.get(group) ?? [];
  const { onFailure = [], onContextOverflow = [] } = fallbacks.get(group) ?? {};
  const isOrdered = own.some(({ order }) => order !== own[0]?.order);
  // Among targets that are ranked by price or speed, what was meant as a fallback could come first.
  const isShared = own.length > 1 && !isOrdered && (strategy === 'share' || hasFallbacks({ fallbacks }, group, groups));
  const weights = shares(own.map(({ weight }) => weight));
  const targets: NonNullable<AliasEntry['targets']> = [];
  const add = (deployment: Deployment, more: Partial<(typeof targets)[number]> = {}): void => {
    const model = modelOf.get(deployment) ?? '';
    if (targets.some((target) => target.model === model)) return;
    const { retries, timeouts } = deployment;
    targets.push({
      model,
      ...(retries === undefined ? {} : { retries: Math.min(retries, MAX_RETRIES) }),
      ...(Object.keys(timeouts).length > 0 ? { timeouts } : {}),
      ...more,
    });
  };
  for (const [index, deployment] of own.entries()) add(deployment, isShared && weights[index] !== undefined ? { weight: weights[index] } : {});
  // A weight of 0 is drawn after all others: what an alias that shares falls back on.
  const last = isShared ? { weight: 0 } : {};
  for (const other of onFailure) for (const deployment of groups.get(other) ?? []) add(deployment, last);
  const window = own[0]?.contextWindow;
  // Half the window: a call is too long for it as soon as its prompt and its answer together are.
  const long = window ? { conditions: { minInputTokens: Math.floor(window / 2) } } : {};
  for (const other of onContextOverflow) for (const deployment of groups.get(other) ?? []) add(deployment, { ...last, ...long });
  return { name, strategy: isShared ? 'weighted' : own.length > 1 && !isOrdered && strategy !== 'share' ? strategy : 'priority', targets };
}
