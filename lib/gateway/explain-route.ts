import { asFairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { formatUsd } from '@/lib/kernel/money';
import { type Caller, type CompiledPlan, compileAlias } from '@/lib/policy';
import { codecOf } from '@/lib/surfaces';
import type { GatewayDeps } from './deps';
import type { Exchange } from './exchange';
import { estimateCost, orderCandidates } from './routing';
import { Pins } from './routing/stickiness';
import { authorize } from './stages/authorize';
import type { Called } from './types';

/** What Test route asks; the shape is checked by `TestRouteSchema` of lib/services/aliases before it comes here. */
export interface RouteQuestion {
  model?: string;
  /** An alias that is not in force, as fairlead.yaml writes it. */
  document?: Record<string, unknown> & { name: string };
  /** The body of a chat request. */
  request: Record<string, unknown>;
  plan?: string;
  user?: string;
  session?: string;
  tags?: Record<string, string>;
  region?: string;
}

/** Which way a call would go, and why. No provider is called, nothing is held, counted or remembered. */
export interface RouteTrace {
  /** Null: the client named a model. */
  alias: string | null;
  strategy: string | null;
  plan: string;
  facts: { input_tokens: number; tools: boolean; images: boolean; language: string; user: string | null; session: string | null; region: string | null };
  /** In the order in which they would be tried. */
  steps: {
    model: string;
    provider: string;
    chosen: string;
    retries: number;
    estimated_cost_usd: string | null;
    ttft_p50_ms: number | null;
    credentials: { last4: string; priority: number; weight: number; health: 'closed' | 'probe' | 'open' }[];
  }[];
  left_out: { model: string; reason: string }[];
  /** Why no target would be asked at all. */
  error: { code: string; message: string; param: string | null } | null;
}

/** Runs the decisions of a call on a made-up caller and stops before anything is sent. */
export function explainRoute(deps: GatewayDeps, question: RouteQuestion): RouteTrace {
  const nowMs = deps.clock.now();
  const policy = deps.policy.current();
  const name = question.document?.name ?? question.model ?? '';
  const drafted = question.document && compileAlias(asRow(question.document), policy.models);
  const known = policy.plans.get(question.plan ?? 'free') ?? [...policy.plans.values()][0];
  const trace: RouteTrace = { alias: null, strategy: null, plan: known?.id ?? '', facts: { input_tokens: 0, tools: false, images: false, language: 'other', user: null, session: null, region: null }, steps: [], left_out: [], error: null };
  try {
    // A draft is not in any plan yet; what the plan says of its targets still counts.
    const plan = { ...(known as CompiledPlan), ...(drafted ? { allow: [...(known as CompiledPlan).allow, name] } : null) };
    const called = callOf(question, name, plan, { ...policy, aliases: drafted ? new Map([...policy.aliases, [name, drafted]]) : policy.aliases }, nowMs, deps.clock.monotonic());
    const { alias, candidates, facts, leftOut, call } = authorize(deps, called);
    const { latency, health, random } = deps.routing;
    const route = orderCandidates(alias, candidates, { facts, latency, pins: new Pins(), stream: call.stream, nowMs, random });
    return {
      ...trace,
      alias: alias?.name ?? null,
      strategy: alias?.strategy ?? null,
      facts: { input_tokens: facts.inputTokens, tools: facts.tools, images: facts.images, language: facts.language, user: facts.user, session: facts.session, region: facts.region },
      left_out: leftOut,
      steps: route.map(({ candidate, chosen }) => {
        const { model, target } = candidate;
        const cost = estimateCost(candidate, facts, nowMs);
        return {
          model: model.id,
          provider: model.provider.id,
          chosen,
          retries: target.retries,
          estimated_cost_usd: cost === null ? null : formatUsd(cost),
          ttft_p50_ms: latency.p50(model.id, call.stream, nowMs),
          credentials: model.provider.credentials.map((credential) => ({ last4: credential.last4, priority: credential.priority, weight: credential.weight, health: health.peek(model, credential) })),
        };
      }),
    };
  } catch (thrown) {
    const error = asFairleadError(thrown);
    return { ...trace, error: { code: error.code, message: error.message, param: error.extras.param ?? null } };
  }
}

function callOf(question: RouteQuestion, name: string, plan: CompiledPlan, policy: Called['policy'], nowMs: number, startedAt: number): Called {
  const bodyBytes = Buffer.from(JSON.stringify({ ...question.request, model: name }));
  const { user = null, session = null, tags = null, region } = question;
  return {
    requestId: newId('req', nowMs),
    surface: 'chat',
    receivedAtMs: nowMs,
    startedAt,
    exchange: { headers: region === undefined ? {} : { 'x-fairlead-region': region } } as unknown as Exchange,
    timings: { auth: 0, policy: 0, limits: 0, hold: 0, settle: 0 },
    caller: { org: { id: '' }, key: { models: null, tags: {} }, planId: plan.id, layers: [] } as unknown as Caller,
    plan,
    policy,
    call: { ...codecOf('chat').parse(bodyBytes, 'application/json'), headers: {} },
    bodyBytes,
    requestedModel: name,
    preset: null,
    attribution: { user, session, tags, client: null },
  } as Called;
}

/** The fields of a document under the names of the table's columns. */
function asRow({ onContextOverflow, streamRecovery, totalMs, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return { ...rest, on_context_overflow: onContextOverflow, stream_recovery: streamRecovery, total_ms: totalMs };
}
