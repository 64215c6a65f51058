import { FairleadError } from '@/lib/kernel/errors';
import { PRESET_PREFIX } from '@/lib/kernel/preset';
import { cardAt, type CompiledModel } from '@/lib/policy';
import { anthropicModel, anthropicModelList, type AnthropicPage, type ModelFacts, openAiModel, openAiModelList } from '@/lib/wire';
import type { GatewayDeps } from './deps';
import { type Exchange, headerOf } from './exchange';
import { callableNames } from './stages/authorize';
import { identify } from './stages/authenticate';

/** `GET /v1/models`: what this key may call, aliases first and the organization's presets last; in Anthropic's shape when `anthropic-version` is sent. */
export async function listModels(deps: GatewayDeps, exchange: Exchange): Promise<unknown> {
  const facts = await callableFacts(deps, exchange);
  return headerOf(exchange, 'anthropic-version') ? anthropicModelList(facts, pageOf(exchange.query)) : openAiModelList(facts);
}

/** `GET /v1/models/{id}`: ids may hold slashes. A forbidden and a missing one give the same 404. */
export async function getModel(deps: GatewayDeps, exchange: Exchange, id: string): Promise<unknown> {
  const found = (await callableFacts(deps, exchange)).find((facts) => facts.id === id);
  if (!found) throw new FairleadError('model_not_found', `The model \`${id.slice(0, 200)}\` does not exist or your key may not use it.`, { param: 'model' });
  return headerOf(exchange, 'anthropic-version') ? anthropicModel(found) : openAiModel(found);
}

function pageOf(query: string): AnthropicPage {
  const asked = new URLSearchParams(query);
  const limit = Number(asked.get('limit') ?? Number.NaN);
  return { ...(Number.isInteger(limit) ? { limit } : null), afterId: asked.get('after_id') ?? undefined, beforeId: asked.get('before_id') ?? undefined };
}

async function callableFacts(deps: GatewayDeps, exchange: Exchange): Promise<ModelFacts[]> {
  const caller = await identify(deps, exchange);
  const policy = deps.policy.current();
  const plan = policy.plans.get(caller.planId);
  if (!plan) return [];
  const names = callableNames({ policy, plan, caller });
  const modelOf = (name: string) => (policy.aliases.get(name) ? policy.aliases.get(name)?.targets[0]?.model : policy.models.get(name));
  const models = names.flatMap((name) => {
    const model = modelOf(name);
    return model ? [factsOf(name, model, policy.aliases.get(name)?.createdAtS ?? model.createdAtS, caller.org.id, deps.clock.now())] : [];
  });
  const callable = new Set(names);
  const presets = (await deps.policy.presetNames(caller.org.id)).flatMap(({ slug, name, model: called, createdAtS }) => {
    const model = callable.has(called) ? modelOf(called) : undefined;
    return model ? [{ ...factsOf(PRESET_PREFIX + slug, model, createdAtS, caller.org.id, deps.clock.now()), name }] : [];
  });
  return [...models, ...presets];
}

function factsOf(id: string, model: CompiledModel, createdAtS: number, orgId: string, nowMs: number): ModelFacts {
  const card = cardAt(model.cards, orgId, nowMs);
  return {
    id,
    createdAtS,
    ownedBy: id === model.id ? model.provider.id : 'fairlead',
    name: model.displayName ?? id,
    kind: model.kind,
    contextWindow: model.contextWindow,
    maxOutputTokens: model.maxOutputTokens,
    capabilities: [...model.capabilities],
    inputRate: card?.inputRate ?? null,
    outputRate: card?.outputRate ?? null,
  };
}
