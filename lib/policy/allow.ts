import { matchesPattern } from './match-pattern';
import { isCondition, matchesModel, type ModelFacts } from './rules';

export { matchesPattern } from './match-pattern';

/** From the widest to the narrowest: what stands above cannot be lifted below. */
export type LayerName = 'platform' | 'plan' | 'organization' | 'role' | 'key';

/** One voice in who may call what. */
export interface Layer {
  name: LayerName;
  /** Null: this layer does not narrow; it only denies. */
  allow: readonly string[] | null;
  deny: readonly string[];
}

export type AllowVerdict =
  | { allowed: true }
  | {
      allowed: false;
      /** Which layer decided, by which of its lists. */
      layer: LayerName;
      list: 'deny' | 'allow';
      /** The rule that denied; null where no rule of the allow list fits. */
      rule: string | null;
    };

const ALLOWED: AllowVerdict = { allowed: true };

/**
 * Whether a name may be called. `model` is the model of that name, or null for an alias: then rules about models
 * (`region:cn`, `max-output:2`) wait for its targets, and an allow list that has such rules lets the alias through to them.
 */
export function explainName(name: string, model: ModelFacts | null, layers: readonly Layer[]): AllowVerdict {
  for (const layer of layers) {
    for (const rule of layer.deny) {
      if (matchesPattern(name, rule) || (model && matchesModel(rule, model))) return { allowed: false, layer: layer.name, list: 'deny', rule };
    }
    if (layer.allow && !layer.allow.some((rule) => matchesPattern(name, rule) || (model ? matchesModel(rule, model) : isCondition(rule)))) {
      return { allowed: false, layer: layer.name, list: 'allow', rule: null };
    }
  }
  return ALLOWED;
}

/** Whether a target may be asked for a call by `name`. Allowing an alias allows its targets, except those a layer denies. */
export function explainTarget(name: string, model: ModelFacts, layers: readonly Layer[]): AllowVerdict {
  for (const layer of layers) {
    for (const rule of layer.deny) if (matchesModel(rule, model)) return { allowed: false, layer: layer.name, list: 'deny', rule };
    if (layer.allow && !layer.allow.some((rule) => matchesPattern(name, rule) || matchesModel(rule, model))) {
      return { allowed: false, layer: layer.name, list: 'allow', rule: null };
    }
  }
  return ALLOWED;
}

/** The voices of a call, widest first; those that say nothing are left out. */
export function layersOf(from: {
  platformDeny: readonly string[];
  plan: { allow: readonly string[]; deny: readonly string[] };
  /** Organization, then role. */
  own: readonly Layer[];
  keyModels: readonly string[] | null;
}): Layer[] {
  const layers: Layer[] = [];
  if (from.platformDeny.length > 0) layers.push({ name: 'platform', allow: null, deny: from.platformDeny });
  layers.push({ name: 'plan', allow: from.plan.allow, deny: from.plan.deny }, ...from.own);
  if (from.keyModels) layers.push({ name: 'key', allow: from.keyModels, deny: [] });
  return layers;
}

/** The lists of an organization and of a role in it, as the database holds them. An empty allow list narrows nothing. */
export function ownLayers(org: { allow: readonly string[] | null; deny: readonly string[] | null; roles: unknown }, role: string | null): Layer[] {
  const layers: Layer[] = [];
  const listed = (list: unknown): string[] => (Array.isArray(list) ? list.filter((rule): rule is string => typeof rule === 'string') : []);
  const add = (name: LayerName, allow: string[], deny: string[]): void => {
    if (allow.length > 0 || deny.length > 0) layers.push({ name, allow: allow.length > 0 ? allow : null, deny });
  };
  add('organization', listed(org.allow), listed(org.deny));
  const ofRole = role === null ? undefined : (org.roles as Record<string, { allow?: unknown; deny?: unknown }> | null)?.[role];
  if (ofRole) add('role', listed(ofRole.allow), listed(ofRole.deny));
  return layers;
}
