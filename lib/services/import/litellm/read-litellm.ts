import { CATALOGUE } from '@/lib/catalog';
import { parse } from 'yaml';
import { FairleadError } from '@/lib/kernel/errors';
import type { Deployment, Fallbacks, ImportDraft } from '../draft';
import { type Section, Source } from '../source';
import { readBudgets, readOperatorBudgets } from './read-budgets';
import { type DeploymentContext, type DeploymentDefaults, readDeployment } from './read-deployment';
import { reasonOf } from './reasons';

const STRATEGIES: Readonly<Record<string, ImportDraft['strategy']>> = {
  'simple-shuffle': 'share',
  'cost-based-routing': 'cheapest',
  'latency-based-routing': 'fastest',
  'least-busy': 'share',
  'usage-based-routing': 'share',
  'usage-based-routing-v2': 'share',
};

/**
 * Reads the `config.yaml` of a LiteLLM proxy (docs.litellm.ai/docs/proxy/config_settings, read 2026-11-25). Throws
 * `invalid_request` for what is no such file; its message quotes nothing of the file.
 */
export function readLitellm(text: string, variable: DeploymentContext['variable']): ImportDraft {
  const source = new Source(parseYaml(text));
  const top = source.top();
  if (top.sections('model_list').length === 0)
    throw new FairleadError('invalid_request', 'This is no LiteLLM configuration: it has no model_list.', { param: 'model_list' });
  const [router, litellm, general] = [top.section('router_settings'), top.section('litellm_settings'), top.section('general_settings')];

  const strategyName = router.text('routing_strategy') ?? 'simple-shuffle';
  const strategy = STRATEGIES[strategyName] ?? 'share';
  const defaults: DeploymentDefaults = {
    ...present('retries', either('num_retries', router, litellm)),
    ...present('timeout', router.number('timeout') ?? litellm.number('request_timeout')),
    ...present('streamTimeout', router.number('stream_timeout')),
  };
  const deployments = merge(top.sections('model_list').flatMap((entry) => expand(entry, { defaults, weighsByRate: strategy === 'share', variable })));
  const names = new Set(deployments.map(({ name }) => name));
  const fallbacks = readFallbacks(router, litellm, names);
  if (!STRATEGIES[strategyName] || /least-busy|usage-based/.test(strategyName))
    router.leave('routing_strategy', `"${strategyName}" has no equal here; calls are shared by weight`);
  else if (strategy !== 'share' && fallbacks.size > 0)
    router.leave('routing_strategy', 'aliases with fallbacks share by weight instead: ranked by price or speed, a fallback could come first');

  const allowedFails = either('allowed_fails', router, litellm);
  const cooldownS = router.number('cooldown_time') ?? litellm.number('cooldown_time');
  const hidesBodies = litellm.flag('turn_off_message_logging') === true || general.flag('store_prompts_in_spend_logs') === false;
  return {
    deployments,
    fallbacks,
    aliases: readGroupAliases(router),
    strategy,
    // It cools a deployment down after more failures than allowed.
    breaker: {
      ...present('failures', allowedFails === undefined ? undefined : Math.min(1_000, Math.round(allowedFails) + 1)),
      ...present('coolDownMs', cooldownS === undefined || cooldownS <= 0 ? undefined : Math.min(3_600_000, Math.round(cooldownS * 1_000))),
    },
    plans: [],
    budgets: readOperatorBudgets(litellm, router, deployments),
    ...(hidesBodies ? { logBodies: false } : {}),
    commands: readBudgets(litellm),
    notTaken: source.notTaken(reasonOf),
  };
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    // The parser quotes lines, and any line may hold a key.
    const line = (error as { linePos?: { line: number }[] }).linePos?.[0]?.line;
    throw new FairleadError('invalid_request', `The file is not YAML${line ? `: see line ${line}` : ''}.`);
  }
}

/** A wildcard deployment stands for every model of that provider that our catalogue knows. */
function expand(entry: Section, context: DeploymentContext): Deployment[] {
  const deployment = readDeployment(entry, context);
  if (!deployment) return [];
  if (!deployment.name.includes('*') && !deployment.upstreamModel.includes('*')) return [deployment];
  const known = CATALOGUE.filter(({ adapter }) => adapter === deployment.adapter);
  const inside = new RegExp(
    `^${deployment.upstreamModel
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('(.*)')}$`,
  );
  const models = known.filter(({ id }) => inside.test(id));
  if (!deployment.upstreamModel.includes('*') || models.length === 0) {
    entry.leaveAll(
      `a wildcard over models that the catalogue does not list${known.length === 0 ? ` (none of ${deployment.adapter})` : ''}; add the models on /admin/models, which reads the provider's own list`,
    );
    return [];
  }
  return models.map(({ id }) => ({ ...deployment, upstreamModel: id, name: deployment.name.replace('*', inside.exec(id)?.[1] ?? id) }));
}

/** Deployments that differ in nothing but the key are one model at a provider with several credentials. */
function merge(deployments: readonly Deployment[]): Deployment[] {
  const merged = new Map<string, Deployment>();
  for (const deployment of deployments) {
    const { credentials, weight, ...rest } = deployment;
    const identity = JSON.stringify(rest);
    const first = merged.get(identity);
    const weighted = credentials.map((credential) => ({ ...credential, weight }));
    if (!first) merged.set(identity, { ...deployment, credentials: weighted });
    else if (!weighted.some(({ secret }) => first.credentials.some((known) => JSON.stringify(known.secret) === JSON.stringify(secret)))) {
      first.credentials.push(...weighted);
      first.weight = first.weight === null && weight === null ? null : (first.weight ?? 0) + (weight ?? 0);
    }
  }
  return [...merged.values()];
}

function readFallbacks(router: Section, litellm: Section, names: ReadonlySet<string>): Map<string, Fallbacks> {
  const all = new Map<string, Fallbacks>();
  const of = (name: string): Fallbacks => {
    const known = all.get(name) ?? { onFailure: [], onContextOverflow: [] };
    all.set(name, known);
    return known;
  };
  for (const place of [router, litellm]) {
    for (const [key, list] of [
      ['fallbacks', 'onFailure'],
      ['context_window_fallbacks', 'onContextOverflow'],
    ] as const) {
      for (const entry of place.sections(key)) {
        for (const name of entry.keys()) {
          const others = entry.names(name);
          if (!names.has(name) || others.some((other) => !names.has(other)))
            entry.leave(name, 'it names a model that the file does not define, or that is not taken; the others are');
          if (names.has(name)) of(name)[list].push(...others.filter((other) => names.has(other)));
        }
      }
    }
    const everywhere = place.names('default_fallbacks').filter((name) => names.has(name));
    for (const name of names) if (everywhere.length > 0 && !everywhere.includes(name)) of(name).onFailure.push(...everywhere);
  }
  return all;
}

/** `model_group_alias: {gpt-4: gpt-4o}`, or `{gpt-4: {model: gpt-4o, hidden: true}}`. */
function readGroupAliases(router: Section): Map<string, string> {
  const aliases = router.section('model_group_alias');
  return new Map(
    aliases.keys().flatMap((name): [string, string][] => {
      const group = aliases.text(name) ?? aliases.section(name).text('model');
      return group === undefined ? [] : [[name, group]];
    }),
  );
}

/** The first of two places that has it; reading marks both. */
function either(key: string, first: Section, second: Section): number | undefined {
  const [one, other] = [first.number(key), second.number(key)];
  return one ?? other;
}

function present<K extends string>(key: K, value: number | undefined): { [P in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: number });
}
