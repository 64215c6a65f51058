import type { CompiledCard } from '@/lib/catalog';
import { FairleadError, isFairleadError } from '@/lib/kernel/errors';
import { cardAt, type CompiledAlias, type CompiledModel, type CompiledTarget, explainName, explainTarget, factsOf, type Layer, layersOf } from '@/lib/policy';
import { carries, carry, codecOf } from '@/lib/surfaces';
import { inputBoundOf } from '@/lib/wire';
import { learn } from '../learn';
import { markedUp } from '../markup';
import { closestName } from '../closest-name';
import { headerOf } from '../exchange';
import { CallFacts, missingCapability, unmetCondition } from '../routing';
import type { GatewayDeps } from '../deps';
import type { Called, Candidate, Identified, LeftOut, NonEmpty, Permitted } from '../types';

/** Resolves the model name and keeps the targets that plan, key and capability allow. Throws `model_not_found`. */
export function authorize(deps: GatewayDeps, called: Called): Permitted {
  const readAt = deps.clock.monotonic();
  const { policy, plan, caller, call, requestedModel } = called;

  const alias = policy.aliases.get(requestedModel) ?? null;
  const direct = alias ? null : (policy.models.get(requestedModel) ?? null);
  const layers = layersOf({ platformDeny: policy.deny, plan, own: caller.layers, keyModels: caller.key.models });
  const verdict = explainName(requestedModel, direct && factsOf(direct, called.receivedAtMs), layers);
  if ((!alias && !direct) || !verdict.allowed) throw unknownModel(called, requestedModel);

  const targets: CompiledTarget[] = alias
    ? alias.targets
    : [{ model: direct as CompiledModel, retries: 1, onTimeout: 'next' as const, weight: 1, timeouts: {}, conditions: null }];
  const leftOut: LeftOut[] = [];
  const inputBound = inputBoundOf(call);
  const facts = callFactsOf(called);
  const candidates: Candidate[] = [];
  let unsayable: FairleadError | null = null;
  for (const target of targets) {
    const reason =
      reasonToLeaveOut(called, target.model, inputBound, candidates[0]?.model, layers) ??
      (alias && target.conditions && unmetCondition(target.conditions, facts));
    if (reason) leftOut.push({ model: target.model.id, reason });
    else {
      try {
        candidates.push(candidateOf(target, called));
      } catch (error) {
        if (!isFairleadError(error)) throw error;
        unsayable ??= error;
        leftOut.push({ model: target.model.id, reason: error.code });
      }
    }
  }
  if (candidates.length === 0) {
    if (unsayable) throw unsayable;
    const unmet = leftOut.every(({ reason }) => reason.startsWith('condition_'));
    if (unmet && leftOut.length > 0)
      throw new FairleadError(
        'invalid_request',
        `No target of ${requestedModel} takes a call like this (${leftOut.map(({ model, reason }) => `${model}: ${reason}`).join(', ')}).`,
        { param: 'model' },
      );
    const tooLong = leftOut.some(({ reason }) => reason === 'context_window');
    if (tooLong) throw new FairleadError('context_length_exceeded', `The prompt does not fit any target of ${requestedModel}.`, { param: 'messages' });
    const { kind } = codecOf(called.surface);
    if (targets.length > 0 && targets.every(({ model }) => model.kind !== kind))
      throw new FairleadError(
        'model_not_found',
        `This endpoint takes ${kind} models, and \`${requestedModel}\` is none: it is of the kind ${targets[0]?.model.kind}.`,
        { param: 'model' },
      );
    throw new FairleadError(
      'model_not_found',
      `${requestedModel} has no target that can take this call${leftOut[0] ? ` (${leftOut[0].model}: ${leftOut[0].reason})` : ''}.`,
      { param: 'model' },
    );
  }

  called.timings.policy = deps.clock.monotonic() - readAt;
  const able = alias && candidates.length > 1 ? ableCandidates(alias, candidates, facts, leftOut) : candidates;
  return learn(called, { alias, facts, candidates: able as NonEmpty<Candidate>, leftOut });
}

/**
 * Of several targets only those that can do what the call asks for; all of them where none is known to. Where the first
 * target is too small and the alias says so, a larger one may not step in.
 */
function ableCandidates(alias: CompiledAlias, candidates: Candidate[], facts: CallFacts, leftOut: LeftOut[]): Candidate[] {
  const first = alias.targets[0]?.model.id;
  if (alias.onContextOverflow === 'fail' && leftOut.some(({ model, reason }) => model === first && reason === 'context_window')) {
    throw new FairleadError('context_length_exceeded', `The prompt does not fit ${first}.`, { param: 'messages' });
  }
  const gaps = candidates.map(({ model }) => missingCapability(model, facts));
  if (gaps.every((gap) => gap === null) || gaps.every((gap) => gap !== null)) return candidates;
  return candidates.filter(({ model }, index) => {
    const reason = gaps[index];
    if (reason) leftOut.push({ model: model.id, reason });
    return !reason;
  });
}

/** What routing may ask about this call. */
export function callFactsOf({ call, plan, attribution, exchange }: Pick<Called, 'call' | 'plan' | 'attribution' | 'exchange'>): CallFacts {
  const region = headerOf(exchange, 'x-fairlead-region') ?? attribution.tags?.region ?? null;
  return new CallFacts(call, plan.id, attribution.user, attribution.session, attribution.tags, region);
}

function reasonToLeaveOut(
  identified: Called,
  model: CompiledModel,
  inputBound: number,
  first: CompiledModel | undefined,
  layers: readonly Layer[],
): string | null {
  const codec = codecOf(identified.surface);
  if (model.kind !== codec.kind) return `kind_${model.kind}`;
  if (!carries(codec, model.provider.adapter)) return 'surface';
  const verdict = explainTarget(identified.requestedModel, factsOf(model, identified.receivedAtMs), layers);
  if (!verdict.allowed) return verdict.list === 'deny' ? `denied_by_${verdict.layer}` : `not_in_${verdict.layer}`;
  if (!model.provider.demo && model.provider.credentials.length === 0 && !model.provider.adapter.credential.optional) return 'no_credential';
  if (first && first.provider.demo !== model.provider.demo) return 'other_fund_class';
  // Bytes bound tokens from above, so only a prompt that is certainly too long is kept away: four bytes a token.
  if (model.contextWindow !== null && inputBound / 4 > model.contextWindow) return 'context_window';
  return null;
}

function candidateOf(target: CompiledTarget, identified: Called): Candidate {
  const providerCard: CompiledCard | null = cardAt(target.model.cards, identified.caller.org.id, identified.receivedAtMs);
  const carried = carry(codecOf(identified.surface), identified.call, target.model.provider.adapter, target.model);
  return { target, model: target.model, carried, providerCard, card: providerCard && markedUp(providerCard, identified.plan.markupPpm) };
}

function unknownModel(identified: Identified, requested: string): FairleadError {
  const suggestion = closestName(requested, callableNames(identified));
  return new FairleadError(
    'model_not_found',
    `The model \`${requested.slice(0, 200)}\` does not exist or your key may not use it.${suggestion ? ` Did you mean \`${suggestion}\`?` : ''}`,
    {
      param: 'model',
      more: suggestion ? { did_you_mean: suggestion } : {},
    },
  );
}

/** Every name this key may call, aliases first. */
export function callableNames({ policy, plan, caller }: Pick<Identified, 'policy' | 'plan' | 'caller'>): string[] {
  const names = [...[...policy.aliases.values()].filter((alias) => alias.targets.length > 0).map((alias) => alias.name), ...policy.models.keys()];
  const layers = layersOf({ platformDeny: policy.deny, plan, own: caller.layers, keyModels: caller.key.models });
  const now = Date.now();
  return names.filter((name) => isCallable(name, policy, layers, now));
}

/** An alias is callable when at least one of its targets may be asked for it. */
function isCallable(name: string, policy: Identified['policy'], layers: readonly Layer[], nowMs: number): boolean {
  const alias = policy.aliases.get(name);
  const model = alias ? null : policy.models.get(name);
  if (!explainName(name, model ? factsOf(model, nowMs) : null, layers).allowed) return false;
  return !alias || alias.targets.some((target) => explainTarget(name, factsOf(target.model, nowMs), layers).allowed);
}
