import type { Tx } from '@/lib/store';
import { DEMO_PROVIDER_ID } from '@/lib/services/catalogue/starter';
import { requireAdapter } from './adapters';
import { normalizeBaseUrl } from './base-url';
import { nameBudgets, toBudget } from './canonical';
import { checkConfig, hasPlace } from './check-config';
import { type Change, diffState } from './diff-state';
import { type ConfigIssue, configError, writePath } from './issues';
import type { ConfigState } from './items';
import { modelDefaults } from './model-defaults';
import { mergeAlias, mergeModel, mergePlan, mergeProvider, mergeSettings } from './merge-entries';
import { type ParsedConfig, parseConfig } from './parse-config';
import { readState, type StoredSecrets } from './read-state';
import { type SecretSource, resolveSecret, wholeSecretReference } from './resolve-secrets';
import type { ConfigSurroundings } from './surroundings';
import { secretFingerprint } from './secret-fingerprint';

export interface ConfigInput {
  /** The text of a `fairlead.yaml`. */
  text: string;
  /** Remove what the file does not name. */
  prune?: boolean;
  /** Items to remove, where one is taken away by its own. */
  remove?: readonly { type: 'provider' | 'model' | 'alias' | 'plan'; id: string }[];
  /** Secrets that were pasted for `${stored}` credentials, by `provider/credential`. A file never carries any. */
  pasted?: ReadonlyMap<string, string>;
  /** The prices that it names are a catalogue's, not the operator's own. */
  fromCatalogue?: boolean;
}

export interface PreparedConfig {
  current: ConfigState;
  desired: ConfigState;
  changes: Change[];
  /** Secrets to seal, by `provider/credential`; only those that are new or differ from the stored one. */
  newSecrets: Map<string, string>;
  /** New models whose price the file did not name. */
  pricedByCatalogue: Set<string>;
}

interface Rotation {
  provider: string;
  credential: string;
  before: string;
  after: string;
}

/** Null for `secrets`: references are compared as they are written, and none is looked up. */
type Comparison = Omit<ConfigSurroundings, 'secrets'> & { secrets: SecretSource | null };

const COLLECTIONS = {
  provider: (state: ConfigState) => state.providers,
  model: (state: ConfigState) => state.models,
  alias: (state: ConfigState) => state.aliases,
  plan: (state: ConfigState) => state.plans,
} as const;

/** Reads the file, meets it with the database and finds every difference. Throws one error with every mistake; writes nothing. */
export async function prepareConfig(tx: Tx, input: ConfigInput, surroundings: Comparison): Promise<PreparedConfig> {
  const parsed = parseConfig(input.text);
  const { state: current, secrets: stored } = await readState(tx);
  const desired = mergeConfig(current, parsed, input.prune ?? false);
  for (const { type, id } of input.remove ?? []) COLLECTIONS[type](desired).delete(id);
  const issues = checkConfig({ parsed, current, desired, allowPrivateUpstreams: surroundings.allowPrivateUpstreams });
  issues.push(...(await plansInUse(tx, current, desired)));
  const { newSecrets, rotated } = await resolveSecrets(parsed, stored, surroundings.secrets, issues);
  for (const [name, secret] of input.pasted ?? []) {
    addSecret(name, secret, stored, newSecrets, rotated);
    // A credential that waited for its secret looks the same before and after.
    if (!stored.known.has(name)) rotated.push({ ...splitName(name), before: 'none', after: `…${lastFour(secret)}` });
  }
  if (issues.length > 0) throw configError(issues);
  const pricedByCatalogue = new Set(parsed.file.models?.filter(({ prices }) => !prices || input.fromCatalogue === true).map(({ id }) => id));
  return { current, desired, changes: withRotations(diffState(current, desired), rotated), newSecrets, pricedByCatalogue };
}

function mergeConfig(current: ConfigState, { file }: ParsedConfig, prune: boolean): ConfigState {
  const keep = <T>(items: Map<string, T>, isKept: (id: string, item: T) => boolean): Map<string, T> =>
    new Map(prune ? [...items].filter(([id, item]) => isKept(id, item)) : items);
  const desired: ConfigState = {
    providers: keep(current.providers, (id) => id === DEMO_PROVIDER_ID),
    models: keep(current.models, (id) => id.startsWith(`${DEMO_PROVIDER_ID}/`)),
    aliases: keep(current.aliases, () => false),
    plans: keep(current.plans, () => false),
    budgets: new Map([...keep(current.budgets, () => false), ...nameBudgets((file.budgets ?? []).map(toBudget))]),
    settings: mergeSettings(file.settings, current.settings),
  };
  for (const entry of file.providers ?? []) {
    const found = requireAdapter(entry.adapter);
    const normalize = (url: string | null): string | null => ('adapter' in found ? normalizeBaseUrl(found.adapter, url) : url);
    desired.providers.set(entry.id, mergeProvider(entry, current.providers.get(entry.id), normalize));
  }
  for (const entry of file.models ?? []) {
    desired.models.set(entry.id, mergeModel(entry, current.models.get(entry.id), modelDefaults(desired.providers.get(entry.provider), entry.upstreamModel ?? entry.id)));
  }
  for (const entry of file.aliases ?? []) desired.aliases.set(entry.name, mergeAlias(entry, current.aliases.get(entry.name)));
  let position = Math.max(-1, ...[...current.plans.values()].map((plan) => plan.position));
  for (const entry of file.plans ?? []) {
    const now = current.plans.get(entry.id);
    desired.plans.set(entry.id, mergePlan(entry, now, now ? now.position : ++position));
  }
  for (const [name, budget] of desired.budgets) if (!hasPlace(desired, budget) && current.budgets.has(name)) desired.budgets.delete(name);
  return desired;
}

async function plansInUse(tx: Tx, current: ConfigState, desired: ConfigState): Promise<ConfigIssue[]> {
  const removed = [...current.plans.keys()].filter((id) => !desired.plans.has(id));
  if (removed.length === 0) return [];
  const used = await tx.organization.groupBy({ by: ['planId'], where: { planId: { in: removed } }, _count: true });
  return used.map(({ planId, _count }) => ({
    path: `plans.${planId}`,
    message: `would be removed, but ${_count} ${_count === 1 ? 'organization is' : 'organizations are'} on it; name it in the file or move them first`,
  }));
}

async function resolveSecrets(parsed: ParsedConfig, stored: StoredSecrets, source: SecretSource | null, issues: ConfigIssue[]) {
  const newSecrets = new Map<string, string>();
  const rotated: Rotation[] = [];
  for (const [index, provider] of (source ? (parsed.file.providers ?? []) : []).entries()) {
    for (const [nth, credential] of (provider.credentials ?? []).entries()) {
      const reference = wholeSecretReference(credential.secret);
      if (!reference || reference.kind === 'stored') continue;
      const found = await resolveSecret(reference, source as SecretSource);
      const path = ['providers', index, 'credentials', nth, 'secret'];
      if ('problem' in found) {
        issues.push({ path: writePath(path), line: parsed.lineOf(path), message: found.problem });
        continue;
      }
      addSecret(`${provider.id}/${credential.name}`, found.secret, stored, newSecrets, rotated);
    }
  }
  return { newSecrets, rotated };
}

/** Notes a secret to seal, unless it is the one already stored. */
function addSecret(name: string, secret: string, stored: StoredSecrets, newSecrets: Map<string, string>, rotated: Rotation[]): void {
  const known = stored.known.get(name);
  if (known?.fingerprint === secretFingerprint(secret)) return;
  newSecrets.set(name, secret);
  if (known) rotated.push({ ...splitName(name), before: `…${known.last4}`, after: `…${lastFour(secret)}` });
}

/** Provider ids hold no slash. */
function splitName(name: string): { provider: string; credential: string } {
  const slash = name.indexOf('/');
  return { provider: name.slice(0, slash), credential: name.slice(slash + 1) };
}

/** What a person may see of a secret: its end, and nothing of one so short that its end would give it away. */
export function lastFour(secret: string): string {
  return secret.length >= 12 ? secret.slice(-4) : '';
}

/** The file says the same `${env:X}` as before, but the variable holds something new. */
function withRotations(changes: Change[], rotated: readonly Rotation[]): Change[] {
  const all = [...changes];
  for (const { provider, credential, before, after } of rotated) {
    const field = { field: `credentials.${credential}.value`, before, after };
    const change = all.find((one) => one.type === 'provider' && one.id === provider);
    if (change) change.fields.push(field);
    else all.unshift({ op: 'change', type: 'provider', id: provider, fields: [field] });
  }
  return all;
}
