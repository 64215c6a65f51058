import type { EncodedRequest, StreamPart, StreamReader, Surface, UpstreamFault } from '@/lib/providers/contract';
import { codecOf, type Ending, type FramePart, type StreamWriter, type Trace } from '@/lib/surfaces';
import type { UpstreamCall, UpstreamHeaders, UpstreamSink } from '@/lib/upstream';
import { inputBoundOf } from '@/lib/wire';
import type { ClientStream } from './client-stream';
import { concludeStream } from './conclude-stream';
import { CoveredParts } from './covered-parts';
import { Deadlines } from './deadlines';
import type { GatewayDeps } from './deps';
import { dispatch } from './dispatch';
import { estimateUsage } from './estimate';
import { HeldAnswer } from './held-answer';
import { MessageLog } from './message-log';
import { refusedByDialect } from './refused-by-dialect';
import { answerContext, attemptLimits, encodeFor, failed, LEASES_LOST } from './relay';
import { answerHeaders } from './response-headers';
import { streamBudgetOf } from './stream-budget';
import type { AttemptEnd, AttemptRun } from './stages/attempt';
import type { Outcome, Planned } from './types';

const MAX_ERROR_BYTES = 64 * 1024;

/**
 * Streams one attempt to the client. Nothing visible is sent before the first content byte, so until then it is
 * replaceable. What the bytes look like is the surface's affair: its writer turns parts into text.
 */
export function relayStream(deps: GatewayDeps, planned: Planned, run: AttemptRun, client: ClientStream): Promise<AttemptEnd> {
  return new Promise((resolve) => new StreamRelay(deps, planned, run, client, resolve).start());
}

/** Surfaces whose frames do not build on each other: another target can go on where only reasoning was sent. */
const RESTARTABLE = new Set<Surface>(['chat', 'completions']);

class StreamRelay implements UpstreamSink {
  private readonly startedAt: number;
  private readonly reader: StreamReader;
  private readonly writer: StreamWriter;
  private readonly log = new MessageLog();
  private readonly deadlines: Deadlines;
  private unlist: (() => void) | null = null;
  private call: UpstreamCall | null = null;

  private status: number | null = null;
  private headers: UpstreamHeaders = {};
  private connectMs: number | null = null;
  private firstContentAt: number | null = null;
  /** The body of an answer whose status says it failed. */
  private refusal: Buffer[] | null = null;
  private refusalBytes = 0;

  /** What was written since the last flush; until the first content nothing is flushed. */
  private pending = '';
  private committed = false;
  private readonly held: HeldAnswer;
  private readonly mayRestart: boolean;
  /** Something a reader takes for the answer was passed on. */
  private visible = false;
  private over = false;
  private finish: string | null = null;
  private unwatchLeases: (() => void) | null = null;
  private last: Ending['last'] = null;
  private readonly covered: CoveredParts;

  constructor(
    private readonly deps: GatewayDeps,
    private readonly planned: Planned,
    private readonly run: AttemptRun,
    private readonly client: ClientStream,
    private readonly resolve: (end: AttemptEnd) => void,
  ) {
    const { model } = run.candidate;
    this.startedAt = deps.clock.monotonic();
    this.reader = model.provider.dialect.reader(run.candidate.carried.call.surface, model.provider.adapter.quirks ?? {});
    this.writer = codecOf(planned.surface).stream(answerContext(planned, run));
    this.covered = new CoveredParts(streamBudgetOf(deps, planned, run.candidate), {
      pause: () => this.pause(),
      goOn: (parts) => this.goOn(parts),
      ended: () => this.ended(),
      cut: () => this.cut(),
    });
    const recovery = planned.alias?.streamRecovery ?? 'none';
    this.held = new HeldAnswer(deps.routing.held, recovery === 'hold', (as) => this.letGo(as));
    this.mayRestart = recovery === 'restart' && RESTARTABLE.has(planned.surface);
    this.deadlines = new Deadlines(attemptLimits(planned, run, this.startedAt), (fault) => this.deadlinePassed(fault));
  }

  start(): void {
    let encoded: EncodedRequest;
    try {
      encoded = encodeFor(this.planned, this.run);
    } catch (error) {
      this.end(failed(refusedByDialect(error)));
      return;
    }
    this.planned.exchange.onLeave(() => this.clientLeft());
    this.unwatchLeases = this.deps.ledger.onLeasesLost(() => this.fail(LEASES_LOST));
    this.unlist = this.deps.running.add(this.planned.caller.org.id, (reason) => this.suspended(reason));
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
    if (status < 200 || status >= 300) this.refusal = [];
  }

  data(bytes: Uint8Array): void {
    if (this.over) return;
    if (this.refusal) {
      this.refusalBytes += bytes.byteLength;
      if (this.refusalBytes <= MAX_ERROR_BYTES) this.refusal.push(Buffer.from(bytes));
      return;
    }
    this.take(this.reader.push(bytes));
  }

  fail(fault: UpstreamFault): void {
    if (this.over) return;
    this.broken(fault);
  }

  end(outcome?: Outcome): void {
    if (this.over) return;
    if (outcome) return this.finishWith(outcome);
    if (this.refusal) {
      const { provider } = this.run.candidate.model;
      return this.broken(provider.dialect.fault(this.status ?? 502, this.headers, Buffer.concat(this.refusal), provider.adapter.quirks ?? {}));
    }
    this.take(this.reader.end());
    if (!this.covered.queueEnd()) this.ended();
  }

  private ended(): void {
    if (this.over) return;
    if (this.finish !== null) return this.complete();
    this.broken({ kind: 'interrupted', retry: 'same', message: this.committed ? 'the stream ended before the answer was complete' : 'the stream ended without an answer' });
  }

  private take(parts: readonly StreamPart[]): void {
    if (this.covered.queue(parts)) return;
    for (const part of parts) {
      if (this.over) return;
      switch (part.kind) {
        case 'content':
          if (!this.covered.covers(part, parts)) return;
          this.log.add(part.chunk, part.text, part.reasoning);
          this.visible ||= part.text !== '' || part.reasoning === '';
          this.forward(part);
          this.commit();
          break;
        case 'finish':
          this.finish = part.finish;
          this.visible = true;
          this.log.add(part.chunk, part.text, part.reasoning);
          this.forward(part);
          this.commit();
          this.deadlines.closing();
          break;
        case 'usage':
        case 'role':
        case 'other':
          this.forward(part);
          break;
        case 'error':
          return this.broken(part.fault);
        case 'done':
          this.last = part.last ?? null;
          if (this.finish !== null) return this.complete();
          return this.broken({ kind: 'interrupted', retry: 'same', message: 'the stream ended without a finish reason' });
        case 'bad':
          this.run.badChunks++;
          break;
        case 'comment':
          break;
      }
    }
    this.flush();
  }

  private pause(): void {
    this.call?.pause();
    this.flush();
  }

  private goOn(parts: readonly StreamPart[]): void {
    if (this.over) return;
    if (!this.client.paused) this.call?.resume();
    this.take(parts);
  }

  /** Nothing more is set aside for this stream: it ends as if it had reached its own limit. */
  private cut(): void {
    this.call?.abort();
    this.finish = 'length';
    this.pending += this.writer.cut();
    this.held.letGo('hold');
    this.open();
    this.finishWith(this.truncated('budget', null));
  }

  private forward(part: FramePart): void {
    if (part.frame === '') return;
    const text = this.writer.write(part, this.trace());
    this.pending += text;
    this.held.keep(text);
  }

  private letGo(as: 'hold' | 'overflow'): void {
    this.run.held = as;
    if (as === 'overflow' && this.firstContentAt !== null) this.open();
  }

  private trace(): Trace | null {
    if (!this.client.headWasEarly) return null;
    const { model } = this.run.candidate;
    return { provider: model.provider.id, model: model.id, attempts: this.run.index + 1 };
  }

  private commit(): void {
    this.deadlines.progress();
    if (this.firstContentAt === null) {
      this.firstContentAt = this.deps.clock.monotonic();
      this.run.answered();
    }
    if (!this.held.holds) this.open();
  }

  /** From here on what is written reaches the client, and this attempt cannot be replaced. */
  private open(): void {
    if (this.committed) return;
    this.committed = true;
    const flow = { pause: () => this.call?.pause(), resume: () => this.call?.resume() };
    const headers = () => answerHeaders(this.planned, this.run, this.run.index + 1, this.deps.clock.monotonic(), null);
    this.client.open(flow, headers).catch(() => this.notStored());
  }

  private flush(): void {
    if (!this.committed || this.pending === '') return;
    const piece = this.pending;
    this.pending = '';
    this.client.write(piece);
  }

  private complete(): void {
    if (this.held.holds) {
      this.held.letGo('hold');
      this.open();
    }
    const reported = this.reader.usage();
    this.finishWith({
      kind: 'completed',
      answer: this.answer(),
      usage: reported ?? estimateUsage(inputBoundOf(this.run.candidate.carried.call), this.log, this.reader.promptUsage?.()),
      usageSource: reported ? 'reported' : 'estimated',
      usageSuspect: this.reader.usageSuspect(),
      finish: this.finish,
    });
  }

  /** The attempt failed. Before the first content it may be replaced; after it, what was delivered is billed and the stream ends in an error. */
  private broken(fault: UpstreamFault): void {
    this.call?.abort();
    // The model had finished: what broke afterwards took nothing from the answer.
    if (this.finish !== null && fault.code !== LEASES_LOST.code) return this.complete();
    if (!this.committed || (this.mayRestart && !this.visible)) return this.finishWith({ kind: 'failed', fault, answer: null });
    this.finishWith(this.truncated(fault.kind.endsWith('_timeout') ? 'deadline' : 'upstream', fault));
  }

  private clientLeft(): void {
    if (this.over || this.run.candidate.model.provider.onClientDisconnect === 'drain') return;
    this.abandon();
  }

  private abandon(): void {
    this.call?.abort();
    if (this.finish !== null && this.reader.usage()) return this.complete();
    this.finishWith(this.truncated('client', null));
  }

  private deadlinePassed(fault: UpstreamFault): void {
    if (this.over) return;
    // The client has stopped reading: however the provider treats clients that leave, this call has to end.
    if (this.client.paused) return this.abandon();
    this.broken(fault);
  }

  /** Its organization may no longer call: what was delivered is billed, and the stream ends in an error that says why. */
  private suspended(reason: string): void {
    if (this.over) return;
    this.call?.abort();
    const fault: UpstreamFault = { kind: 'interrupted', retry: 'never', message: reason };
    this.finishWith(this.committed ? this.truncated('deadline', fault) : failed(fault));
  }

  private notStored(): void {
    if (this.over) return;
    this.call?.abort();
    this.finishWith(failed({ kind: 'server', retry: 'never', message: 'the ledger could not store the request', code: 'ledger_unavailable' }));
  }

  private truncated(by: Extract<Outcome, { kind: 'truncated' }>['by'], fault: UpstreamFault | null): Outcome {
    const reported = this.reader.usage();
    return {
      kind: 'truncated',
      by,
      answer: this.answer(),
      // An upstream failure without reported usage is not billed; a client that left pays for what it got.
      usage: reported ?? (by === 'upstream' || !this.committed ? estimateUsage(0, { text: '', reasoning: '' }) : estimateUsage(inputBoundOf(this.run.candidate.carried.call), this.log, this.reader.promptUsage?.())),
      usageSource: reported ? 'reported' : 'estimated',
      usageSuspect: this.reader.usageSuspect(),
      fault,
    };
  }

  private answer() {
    return {
      candidate: this.run.candidate,
      ttftMs: this.firstContentAt === null ? null : this.firstContentAt - this.planned.startedAt,
      logged: this.log.toJson(this.finish),
    };
  }

  private finishWith(outcome: Outcome): void {
    if (this.over) return;
    this.over = true;
    this.unlist?.();
    this.unwatchLeases?.();
    this.deadlines.clear();
    this.call?.release();
    this.held.release();
    this.flush();
    this.resolve({
      outcome,
      status: this.status,
      providerRequestId: this.reader.id() ?? (String(this.headers['x-request-id'] ?? '') || null),
      connectMs: this.connectMs,
      ttftMs: this.firstContentAt === null ? null : this.firstContentAt - this.startedAt,
      conclude: (settled) => concludeStream(this.client, this.writer, outcome, settled, { last: this.last, trace: this.trace(), atS: Math.floor(this.deps.clock.now() / 1_000) }),
    });
  }
}
