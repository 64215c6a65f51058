import { FairleadError } from '@/lib/kernel/errors';
import type { AttemptRow } from '@/lib/ledger';
import type { CompiledCredential } from '@/lib/policy';
import type { RequestNote, UpstreamFault } from '@/lib/providers/contract';
import { codecOf } from '@/lib/surfaces';
import { attemptRow } from '../attempt-row';
import { ClientStream } from '../client-stream';
import type { GatewayDeps } from '../deps';
import { relayBytes } from '../relay-bytes';
import { relayStream } from '../relay-stream';
import { relayWhole } from '../relay-whole';
import { earlyHeaders } from '../response-headers';
import { isCredentialFault, type PickedCredential, pickCredential, retryWait, type RouteStep } from '../routing';
import type { Candidate, Outcome, Planned, Running } from '../types';

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
  /** Whether the answer was held back until it was whole, or grew too large for that and went on as it came. */
  held: 'hold' | 'overflow' | null;
  /** Frames of the stream that were not JSON and were left out. */
  badChunks: number;
  /** Called when the first content arrives: the target works. */
  answered(): void;
}

type Next = 'same' | 'credential' | 'target' | 'stop';

/** Silences that an alias may have asked again; the deadline over everything is none of them. */
const RETRIED_TIMEOUTS: ReadonlySet<UpstreamFault['kind']> = new Set(['connect_timeout', 'first_token_timeout', 'idle_timeout']);

const NO_TARGET: UpstreamFault = { kind: 'overloaded', retry: 'never', message: 'every target cools down after failures and none was asked' };

/**
 * Works through the route until an attempt delivers or its fault says stop. The fault decides: the same target again,
 * another credential, the next target, or nobody. What reached the client cannot be replaced: that attempt is the last.
 */
export function attempt(deps: GatewayDeps, planned: Planned): Promise<Running> {
  return new AttemptLoop(deps, planned).run();
}

class AttemptLoop {
  private readonly rows: AttemptRow[] = [];
  /** Of the target that is tried: what one model refuses a credential, another may grant it. */
  private failedCredentials: Set<string>;
  private readonly client: ClientStream | null;
  /** What the client hears when nothing answers. */
  private fault: UpstreamFault | null = null;
  /** After a prompt did not fit: only targets with a larger window than this. */
  private tooSmall: number | null = null;
  /** Until when, in milliseconds, a target is left to other organizations; null: none was. */
  private shared: number | null = null;

  constructor(
    private readonly deps: GatewayDeps,
    private readonly planned: Planned,
  ) {
    this.failedCredentials = new Set(planned.spentCredentials);
    this.client = clientStreamOf(deps, planned);
  }

  async run(): Promise<Running> {
    const { route } = this.planned;
    const done = await this.tryRoute(false);
    if (done) return done;
    if (this.rows.length === 0 && this.shared !== null) {
      this.client?.stop();
      throw new FairleadError('rate_limit_exceeded', 'The provider is at its own limit, and this organization has used its share of it.', { retryAfterS: Math.max(1, Math.ceil(this.shared / 1_000)) });
    }
    // Everything cools down: a few calls a second go the whole way nevertheless, because an answer late is better than none.
    if (this.rows.length > 0 || !this.deps.routing.health.takeLastResort(route[0].candidate.model.id)) return this.failed();
    return (await this.tryRoute(true)) ?? this.failed();
  }

  private async tryRoute(isLastResort: boolean): Promise<Running | null> {
    for (const [position, step] of this.planned.route.entries()) {
      const done = await this.tryTarget(step, position, isLastResort);
      if (done) return done;
    }
    return null;
  }

  /** All attempts at one target. Null: the next one may try. */
  private async tryTarget(step: RouteStep, position: number, isLastResort: boolean): Promise<Running | null> {
    const { candidate } = step;
    if (!this.isLargeEnough(candidate)) return null;
    const { retries } = candidate.target;
    this.failedCredentials = new Set(this.planned.spentCredentials);
    let chosen = step.chosen;
    let tries = 0;
    let next: Next = 'target';
    do {
      if (this.isOver()) return this.failed();
      const picked = pickCredential(this.deps.routing.health, candidate.model, {
        failed: this.failedCredentials,
        stickyId: this.planned.stickyId,
        insist: isLastResort || next === 'same',
        random: this.deps.routing.random,
      });
      if (!picked) {
        if (tries === 0) this.planned.leftOut.push({ model: candidate.model.id, reason: 'cooling_down' });
        return null;
      }
      if (!this.mayTry(candidate)) {
        picked.admission.dropped();
        return null;
      }
      const reason = next === 'same' || next === 'credential' ? 'retry' : position === 0 || this.rows.length === 0 ? 'primary' : 'fallback';
      if (reason !== 'retry') this.deps.routing.budget.deposit(candidate.model.provider.id);
      const ended = await this.once(candidate, picked, { reason, chosen });
      if ('attempts' in ended) return ended;
      tries += next === 'credential' ? 0 : 1;
      next = await this.decide(candidate, picked.credential, ended, { tries, retries, hasAlternative: position < this.planned.route.length - 1 });
      if (next === 'stop') return this.failed();
      chosen = next === 'credential' ? 'another credential' : 'the same target again';
    } while (next === 'same' || next === 'credential');
    return null;
  }

  /** One attempt: what reached the client, or the fault of one that left nothing behind. */
  private async once(candidate: Candidate, { credential, admission }: PickedCredential, why: { reason: AttemptRow['reason']; chosen: string }): Promise<Running | UpstreamFault> {
    const { deps, planned, rows } = this;
    const { clock, routing, log } = deps;
    const startedAt = clock.monotonic();
    const startedAtMs = clock.now();
    const run: AttemptRun = { candidate, credential, index: rows.length, notes: [], held: null, badChunks: 0, answered: admission.succeeded };
    let end: AttemptEnd;
    try {
      end = await relay(deps, planned, run, this.client);
    } catch (error) {
      admission.dropped();
      throw error;
    }
    if (run.notes.length > 0) log.info({ request_id: planned.requestId, model: candidate.model.id, mapped: run.notes }, 'fields of a request were mapped for its target');
    const shown = admission.probe ? { ...why, chosen: `${why.chosen}, probing whether it is back` } : why;
    const row = attemptRow(planned, candidate, run, shown, end, { startedAtMs, offsetMs: startedAt - planned.startedAt, durationMs: clock.monotonic() - startedAt });
    rows.push(row);
    const { outcome } = end;
    if (end.ttftMs !== null && outcome.kind !== 'failed') routing.latency.note(candidate.model.id, planned.call.stream, end.ttftMs, clock.now());
    if (!candidate.model.provider.demo) routing.shares.ended(candidate.model.id, planned.caller.org.id, outcome.kind === 'failed' && outcome.fault.kind === 'rate_limit');
    if (outcome.kind === 'completed') admission.succeeded();
    else if (outcome.fault) admission.failed(outcome.fault);
    else admission.dropped();
    if (outcome.kind !== 'failed') return { outcome, attempts: rows, credentialId: credential?.id ?? null, conclude: end.conclude };
    // A target that refuses how the conversation ends says nothing about the call that the first target failed.
    if (this.fault === null || !this.isPrefillRefusal(outcome.fault)) this.fault = outcome.fault;
    return outcome.fault;
  }

  /** What follows the fault of an attempt; waits where the same target is asked again. */
  private async decide(candidate: Candidate, credential: CompiledCredential | null, fault: UpstreamFault, target: { tries: number; retries: number; hasAlternative: boolean }): Promise<Next> {
    const row = this.rows[this.rows.length - 1] as AttemptRow;
    const leave = (next: Next, words: string): Next => {
      row.left_for = words;
      return next;
    };
    if (this.isPrefillRefusal(fault)) return leave('target', 'the next target: this one does not go on from words of the assistant');
    if (fault.retry === 'never') return leave('stop', 'nobody: another target would answer the same');
    if (fault.kind === 'context_length') {
      if (this.planned.alias?.onContextOverflow === 'fail') return leave('stop', 'nobody: the alias keeps long prompts from other targets');
      this.tooSmall = candidate.model.contextWindow;
      return leave('target', 'a larger target');
    }
    if (isCredentialFault(fault.kind) && credential) {
      this.failedCredentials.add(credential.id);
      const another = candidate.model.provider.credentials.some((other) => !this.failedCredentials.has(other.id) && this.deps.routing.health.peek(candidate.model, other) !== 'open');
      if (another) return leave('credential', 'another credential');
      if (fault.retry === 'same') this.failedCredentials.delete(credential.id);
    }
    const mayRetry = fault.retry === 'same' || (candidate.target.onTimeout === 'retry' && RETRIED_TIMEOUTS.has(fault.kind));
    if (!mayRetry || target.tries > target.retries) return leave('target', 'the next target');
    // Its breaker opened, or its one probe failed: where somebody else can answer, it is left alone. A limit is waited out instead.
    if (target.hasAlternative && fault.kind !== 'rate_limit' && this.deps.routing.health.peek(candidate.model, credential) === 'open') return leave('target', 'the next target: this one cools down');
    const remainingMs = this.planned.deadlineAt - this.deps.clock.monotonic();
    const waitMs = retryWait(fault, target.tries, { remainingMs, hasAlternative: target.hasAlternative, random: this.deps.routing.random });
    if (waitMs === null) return leave('target', 'the next target: the wait asked for is too long');
    if (!this.deps.routing.budget.withdraw(candidate.model.provider.id)) return leave('target', 'the next target: the retry budget is used up');
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (this.planned.exchange.left) return leave('stop', 'nobody: the client left');
    return leave('same', `the same target after ${Math.round(waitMs)} ms`);
  }

  private isPrefillRefusal({ kind }: Pick<UpstreamFault, 'kind'>): boolean {
    return kind === 'bad_request' && this.rows.length > 1 && this.planned.facts.prefill;
  }

  /** Whether this organization may ask a target whose provider is at its own limit; providers limit each model by itself. */
  private mayTry(candidate: Candidate): boolean {
    const { shares } = this.deps.routing;
    if (candidate.model.provider.demo || shares.mayTry(candidate.model.id, this.planned.caller.org.id)) return true;
    this.shared = shares.retryAfterMs(candidate.model.id);
    this.planned.leftOut.push({ model: candidate.model.id, reason: 'fair_share' });
    return false;
  }

  private isLargeEnough({ model }: Candidate): boolean {
    if (this.tooSmall === null || model.contextWindow === null || model.contextWindow > this.tooSmall) return true;
    this.planned.leftOut.push({ model: model.id, reason: 'not_larger' });
    return false;
  }

  private isOver(): boolean {
    return this.rows.length > 0 && (this.planned.exchange.left || this.planned.deadlineAt <= this.deps.clock.monotonic());
  }

  private failed(): Running {
    this.client?.stop();
    return { outcome: { kind: 'failed', fault: this.fault ?? NO_TARGET, answer: null }, attempts: this.rows, credentialId: null, conclude: () => undefined };
  }
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
