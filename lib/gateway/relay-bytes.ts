import type { EncodedRequest, UpstreamFault } from '@/lib/providers/contract';
import { type Meter, meterOf } from '@/lib/surfaces';
import type { UpstreamCall, UpstreamHeaders, UpstreamSink } from '@/lib/upstream';
import { errorBody, inputBoundOf, sseNamedFrame } from '@/lib/wire';
import type { ClientStream } from './client-stream';
import { Deadlines } from './deadlines';
import type { GatewayDeps } from './deps';
import { dispatch } from './dispatch';
import { estimateUsage } from './estimate';
import { interruption } from './fault-error';
import { refusedByDialect } from './refused-by-dialect';
import { attemptLimits, encodeFor, failed, LEASES_LOST } from './relay';
import { answerHeaders } from './response-headers';
import type { AttemptEnd, AttemptRun } from './stages/attempt';
import type { Outcome, Planned } from './types';

const MAX_ERROR_BYTES = 64 * 1024;

/** Passes one attempt's answer on byte for byte: speech, and transcriptions that come as events. The last piece waits for the settlement. */
export function relayBytes(deps: GatewayDeps, planned: Planned, run: AttemptRun, client: ClientStream): Promise<AttemptEnd> {
  return new Promise((resolve) => new BytesRelay(deps, planned, run, client, resolve).start());
}

class BytesRelay implements UpstreamSink {
  private readonly startedAt: number;
  private readonly deadlines: Deadlines;
  private call: UpstreamCall | null = null;
  private status: number | null = null;
  private headers: UpstreamHeaders = {};
  private connectMs: number | null = null;
  private firstByteAt: number | null = null;
  private meter: Meter | null = null;
  /** The body of an answer that failed, or of one that is not what was asked for. */
  private refusal: Buffer[] | null = null;
  /** The piece that came last. */
  private held: Uint8Array | null = null;
  private over = false;
  private unwatchLeases: (() => void) | null = null;

  constructor(
    private readonly deps: GatewayDeps,
    private readonly planned: Planned,
    private readonly run: AttemptRun,
    private readonly client: ClientStream,
    private readonly resolve: (end: AttemptEnd) => void,
  ) {
    this.startedAt = deps.clock.monotonic();
    this.deadlines = new Deadlines(attemptLimits(planned, run, this.startedAt), (fault) => this.broken(fault));
  }

  start(): void {
    let encoded: EncodedRequest;
    try {
      encoded = encodeFor(this.planned, this.run);
    } catch (error) {
      return this.finish(failed(refusedByDialect(error)));
    }
    this.planned.exchange.onLeave(() => this.clientLeft());
    this.unwatchLeases = this.deps.ledger.onLeasesLost(() => this.broken(LEASES_LOST));
    this.call = dispatch(this.deps, this.run.candidate, this.run.credential, encoded, this.run.index + 1, this);
    if (this.planned.exchange.left) this.clientLeft();
  }

  connected(): void {
    this.connectMs = this.deps.clock.monotonic() - this.startedAt;
    this.deadlines.connected();
  }

  head(status: number, headers: UpstreamHeaders): void {
    this.status = status;
    this.headers = headers;
    const type = this.contentType();
    // An error page or an error object inside a 200 is no sound.
    if (status < 200 || status >= 300 || /^(?:text\/html|application\/(?:problem\+)?json)/.test(type)) this.refusal = [];
    else this.meter = meterOf(this.run.candidate.carried.call, type);
  }

  data(bytes: Uint8Array): void {
    if (this.over) return;
    if (this.refusal) {
      if (this.refusal.length * 1_024 < MAX_ERROR_BYTES) this.refusal.push(Buffer.from(bytes));
      return;
    }
    this.deadlines.progress();
    this.meter?.push(bytes);
    const failure = this.meter?.failure();
    if (failure) return this.broken(this.faultIn(Buffer.from(JSON.stringify(failure))));
    if (this.firstByteAt === null) this.open();
    if (this.held) this.client.writeBytes(this.held);
    this.held = bytes;
  }

  fail(fault: UpstreamFault): void {
    this.broken(fault);
  }

  end(): void {
    if (this.over) return;
    if (this.refusal) return this.broken(this.faultIn(Buffer.concat(this.refusal)));
    if (this.firstByteAt === null) return this.broken({ kind: 'malformed', retry: 'same', message: 'the provider answered 200 with an empty body' });
    if (!this.meter?.ended()) return this.broken({ kind: 'interrupted', retry: 'same', message: 'the stream ended before the answer was complete' });
    this.finish({ kind: 'completed', answer: this.answer(), ...this.usage(), usageSuspect: false, finish: 'stop' });
  }

  /** What the provider said instead of an answer, or amid one. */
  private faultIn(body: Uint8Array): UpstreamFault {
    const { provider } = this.run.candidate.model;
    const fault = provider.dialect.fault(this.status ?? 502, this.headers, body, provider.adapter.quirks ?? {});
    return this.status !== null && this.status < 300 ? { ...fault, kind: 'malformed', retry: 'same' } : fault;
  }

  private open(): void {
    this.firstByteAt = this.deps.clock.monotonic();
    const headers = () => ({ ...answerHeaders(this.planned, this.run, this.run.index + 1, this.deps.clock.monotonic(), null), 'content-type': this.contentType() });
    this.client.open({ pause: () => this.call?.pause(), resume: () => this.call?.resume() }, headers).catch(() => {
      this.call?.abort();
      this.finish(failed({ kind: 'server', retry: 'never', message: 'the ledger could not store the request', code: 'ledger_unavailable' }));
    });
  }

  private broken(fault: UpstreamFault): void {
    if (this.over) return;
    this.call?.abort();
    if (this.firstByteAt === null) return this.finish(failed(fault));
    const by = fault.kind.endsWith('_timeout') ? 'deadline' : 'upstream';
    this.finish({ kind: 'truncated', by, answer: this.answer(), ...this.usage(by === 'upstream'), usageSuspect: false, fault });
  }

  private clientLeft(): void {
    if (this.over || this.run.candidate.model.provider.onClientDisconnect === 'drain') return;
    this.call?.abort();
    this.finish({ kind: 'truncated', by: 'client', answer: this.answer(), ...this.usage(), usageSuspect: false, fault: null });
  }

  /** What was delivered; the provider made the whole of it in one go, so the request's own count is what it costs. Its failure costs what it reported. */
  private usage(failed = false): Pick<Extract<Outcome, { kind: 'completed' }>, 'usage' | 'usageSource'> {
    const reported = this.meter?.reported() ?? null;
    if (reported) return { usage: reported, usageSource: 'reported' };
    if (failed || this.firstByteAt === null) return { usage: estimateUsage(0, { text: '', reasoning: '' }), usageSource: 'estimated' };
    return { usage: { ...estimateUsage(inputBoundOf(this.run.candidate.carried.call), { text: '', reasoning: '' }), units: this.meter?.counted }, usageSource: 'estimated' };
  }

  private answer() {
    return { candidate: this.run.candidate, ttftMs: this.firstByteAt === null ? null : this.firstByteAt - this.planned.startedAt, logged: '' };
  }

  private contentType(): string {
    return String(this.headers['content-type'] ?? 'application/octet-stream');
  }

  private finish(outcome: Outcome): void {
    if (this.over) return;
    this.over = true;
    this.unwatchLeases?.();
    this.deadlines.clear();
    this.resolve({
      outcome,
      status: this.status,
      providerRequestId: String(this.headers['x-request-id'] ?? '') || null,
      connectMs: this.connectMs,
      ttftMs: this.firstByteAt === null ? null : this.firstByteAt - this.startedAt,
      conclude: () => this.conclude(outcome),
    });
  }

  /** A sound that broke off must not look whole: the connection ends without the end of its body. Events have a way to say it. */
  private conclude(outcome: Outcome): void {
    if (outcome.kind === 'completed') return this.client.end(this.held ?? '');
    if (outcome.kind === 'failed' || outcome.by === 'client' || !this.meter?.events) return this.client.cut();
    this.client.end(`\n\n${sseNamedFrame('error', JSON.stringify(errorBody(interruption(outcome.fault), this.planned.requestId)))}`);
  }
}
