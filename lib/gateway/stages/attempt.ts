import type { AttemptRow } from '@/lib/ledger';
import type { CompiledCredential } from '@/lib/policy';
import type { RequestNote, UpstreamFault } from '@/lib/providers/contract';
import { codecOf } from '@/lib/surfaces';
import type { GatewayDeps } from '../deps';
import { ClientStream } from '../client-stream';
import { upstreamUrl } from '../dispatch';
import { relayBytes } from '../relay-bytes';
import { relayStream } from '../relay-stream';
import { relayWhole } from '../relay-whole';
import { earlyHeaders } from '../response-headers';
import type { AttemptPlan, Candidate, Outcome, Planned, Running } from '../types';

/** How one attempt ended, and what is needed to finish the answer once it is settled. */
export interface AttemptEnd {
  outcome: Outcome;
  status: number | null;
  providerRequestId: string | null;
  connectMs: number | null;
  ttftMs: number | null;
  conclude: Running['conclude'];
}

/** What an attempt runs with. */
export interface AttemptRun {
  candidate: Candidate;
  credential: CompiledCredential | null;
  index: number;
  /** What reaches this target in another form than the client wrote; known once the request is encoded. */
  notes: readonly RequestNote[];
}

/** Longest Retry-After that is waited out on the same target; beyond it the next one is asked at once. */
const MAX_WAIT_MS = 2_000;
const BASE_BACKOFF_MS = 100;

/**
 * Works through the plan until an attempt delivers or the fault says stop. Retry and fallback end at the first content
 * byte: an attempt that reached the client is the last one.
 */
export async function attempt(deps: GatewayDeps, planned: Planned): Promise<Running> {
  const rows: AttemptRow[] = [];
  const spent = new Set<Candidate>();
  const badCredentials = new Set<string>();
  const client = clientStreamOf(deps, planned);
  let fault: UpstreamFault = { kind: 'connect', retry: 'never', message: 'no target could be tried' };

  for (const step of planned.attempts) {
    if (spent.has(step.candidate)) continue;
    if (rows.length > 0) {
      const next = await pauseBefore(deps, planned, step, fault);
      if (next === 'stop') break;
      if (next === 'skip') {
        spent.add(step.candidate);
        continue;
      }
    }
    const startedAt = deps.clock.monotonic();
    const startedAtMs = deps.clock.now();
    const run: AttemptRun = { candidate: step.candidate, credential: pickCredential(step.candidate, badCredentials), index: rows.length, notes: [] };
    const end = await relay(deps, planned, run, client);
    if (run.notes.length > 0) deps.log.info({ request_id: planned.requestId, model: step.candidate.model.id, mapped: run.notes }, 'fields of a request were mapped for its target');
    rows.push(attemptRow(planned, step, run, end, { startedAtMs, offsetMs: startedAt - planned.startedAt, durationMs: deps.clock.monotonic() - startedAt }));
    if (end.outcome.kind !== 'failed') return { outcome: end.outcome, attempts: rows, conclude: end.conclude };

    fault = end.outcome.fault;
    if (fault.retry === 'never') break;
    if ((fault.kind === 'auth' || fault.kind === 'quota_exhausted' || fault.kind === 'rate_limit') && run.credential) badCredentials.add(run.credential.id);
    if (fault.retry === 'next' && !hasOtherCredential(step.candidate, badCredentials)) spent.add(step.candidate);
  }
  client?.stop();
  return { outcome: { kind: 'failed', fault, answer: null }, attempts: rows, conclude: () => undefined };
}

/** Silence that proxies on the way to the client may take for a dead connection. */
const KEEP_ALIVE_MS = 15_000;

function clientStreamOf(deps: GatewayDeps, planned: Planned): ClientStream | null {
  if (!planned.call.stream) return null;
  const keepAlive = codecOf(planned.surface).opaque ? null : { everyMs: deps.keepAliveMs ?? KEEP_ALIVE_MS, headers: () => earlyHeaders(planned) };
  return new ClientStream(planned.exchange, planned.stored, keepAlive);
}

function relay(deps: GatewayDeps, planned: Planned, run: AttemptRun, client: ClientStream | null): Promise<AttemptEnd> {
  if (!client) return relayWhole(deps, planned, run);
  return codecOf(planned.surface).opaque ? relayBytes(deps, planned, run, client) : relayStream(deps, planned, run, client);
}

async function pauseBefore(deps: GatewayDeps, planned: Planned, step: AttemptPlan, fault: UpstreamFault): Promise<'go' | 'skip' | 'stop'> {
  const remaining = planned.deadlineAt - deps.clock.monotonic();
  if (remaining <= 0 || planned.exchange.left) return 'stop';
  if (step.reason !== 'retry') return 'go';
  const asked = fault.retryAfterMs;
  const waitMs = asked === undefined ? BASE_BACKOFF_MS * (0.5 + Math.random()) : asked;
  if (waitMs > Math.min(MAX_WAIT_MS, remaining)) return 'skip';
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  return planned.exchange.left ? 'stop' : 'go';
}

function pickCredential(candidate: Candidate, bad: ReadonlySet<string>): CompiledCredential | null {
  const all = candidate.model.provider.credentials;
  const usable = all.filter(({ id }) => !bad.has(id));
  const pool = usable.length > 0 ? usable : all;
  if (pool.length <= 1) return pool[0] ?? null;
  let ticket = Math.random() * pool.reduce((sum, { weight }) => sum + weight, 0);
  return pool.find(({ weight }) => (ticket -= weight) < 0) ?? pool[0] ?? null;
}

function hasOtherCredential(candidate: Candidate, bad: ReadonlySet<string>): boolean {
  return candidate.model.provider.credentials.some(({ id }) => !bad.has(id)) && bad.size > 0;
}

function attemptRow(
  planned: Planned,
  step: AttemptPlan,
  run: AttemptRun,
  end: AttemptEnd,
  time: { startedAtMs: number; offsetMs: number; durationMs: number },
): AttemptRow {
  const { model } = step.candidate;
  const { outcome } = end;
  const usage = outcome.kind === 'failed' ? null : outcome.usage;
  const fault = outcome.kind === 'completed' ? null : outcome.fault;
  return {
    class: planned.plan.retentionClass,
    day: new Date(planned.receivedAtMs).toISOString().slice(0, 10),
    request_id: planned.requestId,
    index: run.index,
    org_id: planned.caller.org.id,
    started_at: new Date(time.startedAtMs).toISOString(),
    model_id: model.id,
    upstream_model: model.upstreamModel,
    provider_id: model.provider.id,
    credential_last4: run.credential?.last4 ?? '',
    reason: step.reason,
    outcome: outcome.kind === 'failed' ? outcome.fault.kind : outcome.kind,
    status: end.status ?? undefined,
    provider_request_id: end.providerRequestId ?? undefined,
    connect_ms: end.connectMs ?? undefined,
    ttft_ms: end.ttftMs ?? undefined,
    duration_ms: time.durationMs,
    offset_ms: time.offsetMs,
    input_tokens: usage?.input,
    cached_tokens: usage?.cacheRead,
    output_tokens: usage?.output,
    reasoning_tokens: usage?.reasoning ?? undefined,
    cost_nano: '0',
    error_message: fault?.message,
    url: model.provider.demo ? undefined : upstreamUrl(step.candidate, '').toString(),
  };
}
