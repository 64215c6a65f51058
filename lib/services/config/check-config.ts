import { isCondition } from '@/lib/policy/rules';
import { brandingProblem } from '@/lib/services/branding/branding-schema';
import { readPicture } from '@/lib/services/branding/logo';
import { DEMO_PROVIDER_ID } from '@/lib/services/catalogue/starter';
import { requireAdapter } from './adapters';
import { baseUrlProblem } from './base-url';
import type { ConfigIssue, IssuePath } from './issues';
import { writePath } from './issues';
import { toBudget } from './canonical';
import type { BudgetItem, ConfigState } from './items';
import type { ParsedConfig } from './parse-config';
import { suggest } from './suggest';

/** Model ids that belong to the product; an operator cannot add more of them. */
const DEMO_MODELS = `${DEMO_PROVIDER_ID}/`;

interface Check {
  parsed: ParsedConfig;
  current: ConfigState;
  desired: ConfigState;
  allowPrivateUpstreams: boolean;
}

/** What only shows when the file meets the installation: names that do not exist, things that exclude each other. */
export function checkConfig({ parsed, current, desired, allowPrivateUpstreams }: Check): ConfigIssue[] {
  const { file, lineOf } = parsed;
  const issues: ConfigIssue[] = [];
  const say = (path: IssuePath, message: string): void => {
    issues.push({ path: writePath(path), line: lineOf(path), message });
  };
  const nameProblem = (kind: string, name: string, known: Iterable<string>): string => {
    const nearest = suggest(name, known);
    return `there is no ${kind} "${name}"${nearest ? `; did you mean "${nearest}"?` : ''}`;
  };

  sayTwice(file.providers ?? [], 'id', (index) => say(['providers', index, 'id'], 'is named twice in this file'));
  sayTwice(file.models ?? [], 'id', (index) => say(['models', index, 'id'], 'is named twice in this file'));
  sayTwice(file.aliases ?? [], 'name', (index) => say(['aliases', index, 'name'], 'is named twice in this file'));
  sayTwice(file.plans ?? [], 'id', (index) => say(['plans', index, 'id'], 'is named twice in this file'));

  for (const [index, entry] of (file.providers ?? []).entries()) {
    const at = ['providers', index] as const;
    sayTwice(entry.credentials ?? [], 'name', (nth) => say([...at, 'credentials', nth, 'name'], 'is named twice in this provider'));
    if (entry.id === DEMO_PROVIDER_ID || entry.adapter === DEMO_PROVIDER_ID) {
      if (entry.id !== entry.adapter) say([...at, entry.id === DEMO_PROVIDER_ID ? 'id' : 'adapter'], 'demo is the built-in provider: its id and adapter belong together');
      for (const key of ['baseUrl', 'credentials'] as const) if (entry[key]) say([...at, key], 'the demo provider runs in process and takes none');
      continue;
    }
    const found = requireAdapter(entry.adapter);
    if ('problem' in found) {
      say([...at, 'adapter'], found.problem);
      continue;
    }
    const problem = baseUrlProblem(found.adapter, desired.providers.get(entry.id)?.baseUrl ?? null, allowPrivateUpstreams);
    if (problem) say([...at, 'baseUrl'], problem);
  }

  for (const [index, entry] of (file.models ?? []).entries()) {
    const at = ['models', index] as const;
    const model = desired.models.get(entry.id);
    if (!desired.providers.has(entry.provider)) say([...at, 'provider'], nameProblem('provider', entry.provider, desired.providers.keys()));
    if (entry.id.startsWith(DEMO_MODELS) && (entry.provider !== DEMO_PROVIDER_ID || !current.models.has(entry.id))) {
      say([...at, 'id'], 'ids that begin with "demo/" belong to the built-in demo provider');
    } else if (entry.provider === DEMO_PROVIDER_ID && model && !model.upstreamModel.startsWith(DEMO_MODELS)) {
      say([...at, 'upstreamModel'], 'a model of the demo provider answers as one of its own, such as demo/echo');
    }
    if (model?.contextWindow && model.maxOutputTokens && model.maxOutputTokens > model.contextWindow) {
      say([...at, 'maxOutputTokens'], `is larger than the context window (${model.contextWindow})`);
    }
    if (entry.prices === null && current.models.get(entry.id)?.prices) say([...at, 'prices'], 'a price cannot be taken away, only changed; "0" makes the model free');
    if (entry.prices && entry.prices.output === undefined && model?.kind === 'chat') say([...at, 'prices', 'output'], 'is missing: a chat model has a price for what it writes');
    if (desired.aliases.has(entry.id)) say([...at, 'id'], 'is the name of an alias too; a call could mean either');
  }

  for (const [index, entry] of (file.aliases ?? []).entries()) {
    const at = ['aliases', index] as const;
    if (desired.models.has(entry.name) && !file.models?.some((model) => model.id === entry.name)) say([...at, 'name'], 'is the id of a model too; a call could mean either');
    if (!entry.targets && !current.aliases.has(entry.name)) say([...at, 'targets'], 'is missing');
    const kinds = new Map<string, string>();
    const seen = new Set<string>();
    for (const [nth, target] of (entry.targets ?? []).entries()) {
      const model = desired.models.get(target.model);
      const path = [...at, 'targets', nth, 'model'];
      if (!model) say(path, desired.aliases.has(target.model) ? `"${target.model}" is an alias; targets are models` : nameProblem('model', target.model, desired.models.keys()));
      else if (seen.has(target.model)) say(path, `"${target.model}" is a target already; raise its retries or weight instead`);
      else kinds.set(model.kind, target.model);
      seen.add(target.model);
      if (kinds.size > 1 && model) {
        say(path, `targets of one alias are of one kind, here ${[...kinds].map(([kind, id]) => `${id} (${kind})`).join(' and ')}`);
        kinds.delete(model.kind);
      }
    }
    const after = desired.aliases.get(entry.name);
    if (entry.canary && !after?.targets.some((target) => target.model === entry.canary?.model)) {
      say([...at, 'canary', 'model'], `"${entry.canary.model}" is not a target of this alias`);
    } else if (after?.canary && !after.targets.some((target) => target.model === after.canary?.model)) {
      say([...at, 'targets'], `the canary "${after.canary.model}" is not among them; name it, or set canary to null`);
    }
    for (const [nth, { conditions }] of (entry.targets ?? []).entries()) {
      const { minInputTokens = 0, maxInputTokens = Number.POSITIVE_INFINITY } = conditions ?? {};
      if (minInputTokens > maxInputTokens) say([...at, 'targets', nth, 'conditions', 'minInputTokens'], `is larger than maxInputTokens (${maxInputTokens}), so no call could ever fit`);
    }
    if (entry.strategy === 'weighted' && entry.targets?.every((target) => target.weight === 0)) say([...at, 'targets'], 'every weight is 0, so no target could ever be chosen');
  }

  const callable = new Set([...desired.aliases.keys(), ...desired.models.keys()]);
  for (const [index, entry] of (file.plans ?? []).entries()) {
    // A denied name may belong to something that comes later, so only what is allowed has to exist.
    for (const [nth, pattern] of (entry.models?.allow ?? []).entries()) {
      if (!pattern.includes('*') && !isCondition(pattern) && !callable.has(pattern)) say(['plans', index, 'models', 'allow', nth], nameProblem('alias or model', pattern, callable));
    }
  }
  for (const [index, entry] of (file.budgets ?? []).entries()) {
    if (!hasPlace(desired, toBudget(entry))) say(['budgets', index, 'of'], entry.scope === 'platform' ? 'a budget of the platform names nothing else' : `there is no ${entry.scope} "${entry.of ?? ''}"`);
    const isTooLate = entry.period === 'week' && (entry.resetDay ?? 1) > 7;
    if (entry.resetDay != null && (isTooLate || !['week', 'month'].includes(entry.period))) say(['budgets', index, 'resetDay'], 'is a weekday 1 to 7 of a week or a day 1 to 31 of a month');
  }
  const { defaultPlan, branding, logo, abuse } = desired.settings;
  if (file.settings?.abuse && abuse.captcha !== 'off' && abuse.siteKey === '') say(['settings', 'abuse', 'siteKey'], 'a captcha needs its site key');
  const looks = file.settings?.branding ? brandingProblem(branding) : null;
  if (looks) say(['settings', 'branding', looks.field], looks.message);
  const picture = file.settings?.logo ? readPicture(logo ?? '') : null;
  if (picture && 'problem' in picture) say(['settings', 'logo'], picture.problem);
  if (!desired.plans.has(defaultPlan)) say(['settings', 'defaultPlan'], nameProblem('plan', defaultPlan, desired.plans.keys()));

  return [...issues, ...danglingReferences(current, desired, file)];
}

/** What stays but names something that `--prune` takes away. Entries of the file were looked at above. */
function danglingReferences(current: ConfigState, desired: ConfigState, file: ParsedConfig['file']): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  const inFile = { models: new Set(file.models?.map((model) => model.id)), aliases: new Set(file.aliases?.map((alias) => alias.name)), plans: new Set(file.plans?.map((plan) => plan.id)) };
  const gone = (kind: 'models' | 'providers' | 'aliases', name: string): boolean => current[kind].has(name) && !desired[kind].has(name);
  for (const model of desired.models.values()) {
    if (!inFile.models.has(model.id) && gone('providers', model.provider)) issues.push({ path: `models.${model.id}`, message: `stays, but its provider "${model.provider}" would be removed` });
  }
  for (const alias of desired.aliases.values()) {
    const lost = alias.targets.find((target) => gone('models', target.model));
    const isFromFile = file.aliases?.some((entry) => entry.name === alias.name && entry.targets);
    if (lost && !isFromFile) issues.push({ path: `aliases.${alias.name}`, message: `stays, but its target "${lost.model}" would be removed` });
  }
  for (const plan of desired.plans.values()) {
    const lost = plan.models.allow.find((name) => !name.includes('*') && (gone('aliases', name) || gone('models', name)) && !desired.aliases.has(name) && !desired.models.has(name));
    const isFromFile = file.plans?.some((entry) => entry.id === plan.id && entry.models?.allow);
    if (lost && !isFromFile) issues.push({ path: `plans.${plan.id}`, message: `stays, but "${lost}", which it allows, would be removed` });
  }
  return issues;
}

function sayTwice<K extends string>(entries: Record<K, string>[], key: K, say: (index: number) => void): void {
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    if (seen.has(entry[key])) say(index);
    seen.add(entry[key]);
  }
}

/** Whether what a budget is on is there. */
export function hasPlace(state: ConfigState, { scope, of }: BudgetItem): boolean {
  if (scope === 'platform') return of === '';
  if (scope === 'provider') return state.providers.has(of);
  if (scope === 'plan') return state.plans.has(of);
  const slash = of.indexOf('/');
  return state.providers.get(of.slice(0, slash))?.credentials.some(({ name }) => name === of.slice(slash + 1)) === true;
}
