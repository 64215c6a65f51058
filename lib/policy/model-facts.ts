import type { ModelFacts } from './rules';
import type { CompiledModel } from './types';

const kept = new WeakMap<CompiledModel, { untilMs: number; facts: ModelFacts }>();

/** What rules can ask of a model: with the price everybody pays the provider at `nowMs`. Worked out once until the next card begins. */
export function factsOf(model: CompiledModel, nowMs: number): ModelFacts {
  const known = kept.get(model);
  if (known && nowMs < known.untilMs) return known.facts;
  const general = model.cards.filter(({ orgId }) => orgId === null);
  const card = general.find(({ effectiveFromMs }) => effectiveFromMs <= nowMs)?.card ?? null;
  const facts: ModelFacts = {
    id: model.id,
    provider: model.provider.id,
    region: model.provider.region,
    capabilities: model.capabilities,
    rates: card && { input: card.inputRate, output: card.outputRate },
  };
  const later = general.map(({ effectiveFromMs }) => effectiveFromMs).filter((at) => at > nowMs);
  kept.set(model, { facts, untilMs: later.length > 0 ? Math.min(...later) : Number.POSITIVE_INFINITY });
  return facts;
}
