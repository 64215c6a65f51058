import { price } from '@/lib/catalog';
import { formatUsd, type Money } from '@/lib/kernel/money';
import type { CompiledAlias } from '@/lib/policy';
import { outputLimitOf } from './output-limit';
import type { Candidate } from '../types';
import type { CallFacts } from './call-facts';
import type { LatencyBook } from './latency-book';
import { byRendezvous, hashUnit, type Pins } from './stickiness';

/** A target in its place, and why it stands there. */
export interface RouteStep {
  candidate: Candidate;
  chosen: string;
}

export interface OrderContext {
  facts: CallFacts;
  latency: LatencyBook;
  pins: Pins;
  stream: boolean;
  nowMs: number;
  random(): number;
}

/** Share of the calls of `fastest` that try another target, to notice when it has become faster. */
const EXPLORE = 0.05;
/** The same for a target nothing is known of yet. */
const EXPLORE_UNKNOWN = 0.2;
/** Tokens an answer is taken to have when the client sets no lower limit. */
const USUAL_OUTPUT = 1_024;

/** The order in which an alias's targets are tried for one call. Pure but for the dice, and a pin where the alias is sticky. */
export function orderCandidates(alias: CompiledAlias | null, candidates: readonly Candidate[], context: OrderContext): RouteStep[] {
  const first = candidates[0] as Candidate;
  if (!alias) return [{ candidate: first, chosen: 'named by the client' }];
  if (candidates.length === 1) return [{ candidate: first, chosen: 'the only target' }];
  const stickyId = alias.sticky === 'user' ? context.facts.user : alias.sticky === 'session' ? context.facts.session : null;
  return withCanary(alias, ordered(alias, candidates, stickyId, context), stickyId, context);
}

function ordered(alias: CompiledAlias, candidates: readonly Candidate[], stickyId: string | null, context: OrderContext): RouteStep[] {
  switch (alias.strategy) {
    case 'priority':
      return candidates.map((candidate, index) => ({ candidate, chosen: `priority ${index + 1}` }));
    case 'weighted':
      return byWeight(candidates, stickyId, alias.sticky, context);
    case 'cheapest':
      return pinned(alias, byCost(candidates, context), stickyId, context);
    case 'fastest':
      return pinned(alias, bySpeed(candidates, context), stickyId, context);
  }
}

/** Draws by weight without replacement, so that what remains is the fallback order; one draw per user where sticky. */
function byWeight(candidates: readonly Candidate[], stickyId: string | null, sticky: string, { random }: OrderContext): RouteStep[] {
  if (stickyId !== null) {
    return byRendezvous(candidates, stickyId, ({ model }) => model.id, ({ target }) => target.weight).map((candidate) => ({ candidate, chosen: `sticky by ${sticky}, weight ${candidate.target.weight}` }));
  }
  const rest = [...candidates];
  const steps: RouteStep[] = [];
  while (rest.length > 0) {
    let ticket = random() * rest.reduce((sum, { target }) => sum + target.weight, 0);
    const index = rest.findIndex(({ target }) => (ticket -= target.weight) < 0);
    for (const candidate of rest.splice(index === -1 ? 0 : index, 1)) steps.push({ candidate, chosen: `weight ${candidate.target.weight}` });
  }
  return steps;
}

/** What a call would cost its tenant at a target, in nano-dollars; null when the target has no price. */
export function estimateCost(candidate: Candidate, facts: CallFacts, nowMs: number): Money | null {
  if (!candidate.card) return null;
  const limit = outputLimitOf(candidate.carried.call.body);
  const output = Math.min(limit ?? USUAL_OUTPUT, candidate.model.maxOutputTokens ?? USUAL_OUTPUT, USUAL_OUTPUT);
  return price({ input: facts.inputTokens, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output, reasoning: null }, candidate.card, nowMs).total;
}

function byCost(candidates: readonly Candidate[], { facts, nowMs }: OrderContext): RouteStep[] {
  return candidates
    .map((candidate) => ({ candidate, cost: estimateCost(candidate, facts, nowMs) }))
    .sort((a, b) => (a.cost === b.cost ? 0 : a.cost === null ? 1 : b.cost === null ? -1 : a.cost < b.cost ? -1 : 1))
    .map(({ candidate, cost }) => ({ candidate, chosen: cost === null ? 'unpriced' : `about $${formatUsd(cost)}` }));
}

function bySpeed(candidates: readonly Candidate[], { latency, stream, nowMs, random }: OrderContext): RouteStep[] {
  const known = candidates
    .map((candidate) => ({ candidate, p50: latency.p50(candidate.model.id, stream, nowMs) }))
    .sort((a, b) => (a.p50 ?? Number.POSITIVE_INFINITY) - (b.p50 ?? Number.POSITIVE_INFINITY) || 0);
  const steps = known.map(({ candidate, p50 }) => ({ candidate, chosen: p50 === null ? 'no time known yet' : `median first token ${Math.round(p50)} ms` }));
  const unknown = known.findIndex(({ p50 }) => p50 === null);
  const dice = random();
  const explored = unknown > 0 && dice < EXPLORE_UNKNOWN ? unknown : dice < EXPLORE ? 1 + Math.floor(random() * (steps.length - 1)) : 0;
  if (explored === 0) return steps;
  const [step] = steps.splice(explored, 1) as [RouteStep];
  return [{ candidate: step.candidate, chosen: `tried to learn its speed (${step.chosen})` }, ...steps];
}

/** Where a strategy's choice moves, a sticky caller keeps the first target it got, for as long as that can take its calls. */
function pinned(alias: CompiledAlias, steps: RouteStep[], stickyId: string | null, { pins, nowMs }: OrderContext): RouteStep[] {
  if (stickyId === null) return steps;
  const name = `${alias.name}|${stickyId}`;
  const model = pins.find(name, nowMs);
  const at = model === null ? -1 : steps.findIndex(({ candidate }) => candidate.model.id === model);
  if (at === -1) {
    pins.keep(name, (steps[0] as RouteStep).candidate.model.id, nowMs);
    return steps;
  }
  const [step] = steps.splice(at, 1) as [RouteStep];
  return [{ candidate: step.candidate, chosen: `sticky by ${alias.sticky}` }, ...steps];
}

/** The canary is first for its share of the calls and last for all others. */
function withCanary({ canary, name }: CompiledAlias, steps: RouteStep[], stickyId: string | null, { random }: OrderContext): RouteStep[] {
  const at = canary ? steps.findIndex(({ candidate }) => candidate.model.id === canary.model) : -1;
  if (!canary || at === -1 || steps.length === 1) return steps;
  const [step] = steps.splice(at, 1) as [RouteStep];
  const isOn = (stickyId === null ? random() : hashUnit(stickyId, `canary|${name}`)) * 100 < canary.percent;
  return isOn ? [{ candidate: step.candidate, chosen: `canary ${canary.percent} %` }, ...steps] : [...steps, step];
}
