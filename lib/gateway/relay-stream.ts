import { FairleadError } from '@/lib/kernel/errors';
import { formatUsd } from '@/lib/kernel/money';
import type { StreamPart, StreamReader, UpstreamFault } from '@/lib/providers/contract';
import { addCost, rewriteModel } from '@/lib/providers/dialects/openai-chat';
import type { UpstreamCall, UpstreamHeaders, UpstreamSink } from '@/lib/upstream';
import { boundInput, errorBody } from '@/lib/wire';
import { Deadlines } from './deadlines';
import type { GatewayDeps } from './deps';
import { dispatch } from './dispatch';
import { estimateUsage } from './estimate';
import { MessageLog } from './message-log';
import { answerHeaders } from './response-headers';
import type { AttemptEnd, AttemptRun } from './stages/attempt';
import type { Outcome, Planned, Settled } from './types';

const MAX_ERROR_BYTES = 64 * 1024;
const DONE = 'data: [DONE]\n\n';

/** Streams one attempt to the client. Nothing visible is sent before the first content byte, so until then it is replaceable. */
export function relayStream(deps: GatewayDeps, planned: Planned, run: AttemptRun): Promise<AttemptEnd> {
  return new Promise((resolve) => new StreamRelay(deps, planned, run, resolve).start());
}

class StreamRelay implements UpstreamSink {
  private readonly startedAt: number;
  private readonly reader: StreamReader;
  private readonly log = new MessageLog();
  private readonly deadlines: Deadlines;
  private call: UpstreamCall | null = null;

  private status: number | null = null;
  private headers: UpstreamHeaders = {};
  private connectMs: number | null = null;
  private firstContentAt: number | null = null;
  /** The body of an answer whose status says it failed. */
  private refusal: Buffer[] | null = null;
  private refusalBytes = 0;

  /** Frames waiting for the first content, then for the row to be stored. */
  private pending = '';
  private committed = false;
  private headSent = false;
  private stored = false;
  private paused = false;
  private over = false;

  private finish: string | null = null;
  private usageFrame: { frame: string; chunk: Record<string, unknown> } | null = null;
  private lastChunk: Record<string, unknown> = {};

  constructor(
    private readonly deps: GatewayDeps,
    private readonly planned: Planned,
    private readonly run: AttemptRun,
    private readonly resolve: (end: AttemptEnd) => void,
  ) {
    const { model, target } = run.candidate;
    this.startedAt = deps.clock.monotonic();
    this.reader = model.provider.dialect.reader(planned.surface, model.provider.adapter.quirks ?? {});
    const limits = { ...model.provider.timeouts, ...target.timeouts };
    this.deadlines = new Deadlines({ ...limits, totalMs: planned.deadlineAt - this.startedAt }, (kind) => this.deadlinePassed(kind));
  }

  start(): void {
    const { model } = this.run.candidate;
    let encoded: ReturnType<typeof model.provider.dialect.encode>;
    try {
      encoded = model.provider.dialect.encode(this.planned.call, {
        upstreamModel: model.upstreamModel,
        quirks: model.provider.adapter.quirks ?? {},
        outputLimit: this.planned.clampedTo ?? undefined,
      });
    } catch (error) {
      this.end(failed(refusedByDialect(error)));
      return;
    }
    this.planned.exchange.onLeave(() => this.clientLeft());
    this.call = dispatch(this.deps, this.run.candidate, this.run.credential, encoded, this.run.index + 1, this);
    if (this.planned.exchange.left) this.clientLeft();
  }

  connected(): void {
    this.connectMs = this.deps.clock.monotonic() - this.startedAt;
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
    if (this.over) return;
    if (this.finish !== null) return this.complete();
    this.broken({ kind: 'interrupted', retry: 'same', message: this.committed ? 'the stream ended before the answer was complete' : 'the stream ended without an answer' });
  }

  private take(parts: readonly StreamPart[]): void {
    for (const part of parts) {
      if (this.over) return;
      switch (part.kind) {
        case 'content':
          this.lastChunk = part.chunk;
          this.log.add(part.chunk, part.text, part.reasoning);
          this.forward(part.frame, part.chunk);
          this.commit();
          break;
        case 'finish':
          this.finish = part.finish;
          this.lastChunk = part.chunk;
          this.log.add(part.chunk, part.text, part.reasoning);
          this.forward(part.frame, part.chunk);
          this.commit();
          break;
        case 'usage':
          this.usageFrame = part;
          break;
        case 'role':
        case 'other':
          this.lastChunk = part.chunk;
          this.forward(part.frame, part.chunk);
          break;
        case 'error':
          return this.broken(part.fault);
        case 'done':
          if (this.finish !== null) return this.complete();
          return this.broken({ kind: 'interrupted', retry: 'same', message: 'the stream ended without a finish reason' });
        case 'bad':
        case 'comment':
          break;
      }
    }
    if (this.committed) this.flush();
  }

  /** Queues a frame with our model name instead of the upstream's. */
  private forward(frame: string, chunk: Record<string, unknown>): void {
    this.pending += `data: ${rewriteModel(frame, chunk, this.run.candidate.model.id)}\n\n`;
  }

  private commit(): void {
    this.deadlines.progress();
    if (this.committed) return;
    this.committed = true;
    this.firstContentAt = this.deps.clock.monotonic();
    this.planned.stored.store().then(
      () => {
        this.stored = true;
        this.flush();
      },
      () => this.notStored(),
    );
  }

  private flush(): void {
    if (!this.committed || !this.stored || this.pending === '' || this.planned.exchange.left) return;
    const { exchange } = this.planned;
    if (!this.headSent) {
      this.headSent = true;
      exchange.head(200, answerHeaders(this.planned, this.run, this.run.index + 1, this.deps.clock.monotonic(), null));
    }
    const piece = this.pending;
    this.pending = '';
    if (!exchange.write(piece) && !this.paused) {
      this.paused = true;
      this.call?.pause();
      void exchange.drained().then(() => {
        this.paused = false;
        this.call?.resume();
      });
    }
  }

  private complete(): void {
    const reported = this.reader.usage();
    this.finishWith({
      kind: 'completed',
      answer: this.answer(),
      usage: reported ?? estimateUsage(boundInput(this.planned.call.body), this.log),
      usageSource: reported ? 'reported' : 'estimated',
      usageSuspect: this.reader.usageSuspect(),
      finish: this.finish,
    });
  }

  /** The attempt failed. Before the first content it may be replaced; after it, what was delivered is billed and the stream ends in an error. */
  private broken(fault: UpstreamFault): void {
    this.call?.abort();
    if (!this.committed) return this.finishWith({ kind: 'failed', fault, answer: null });
    this.finishWith(this.truncated(fault.kind.endsWith('_timeout') ? 'deadline' : 'upstream', fault));
  }

  private clientLeft(): void {
    if (this.over || this.run.candidate.model.provider.onClientDisconnect === 'drain') return;
    this.call?.abort();
    if (this.finish !== null && this.reader.usage()) return this.complete();
    this.finishWith(this.truncated('client', null));
  }

  private deadlinePassed(kind: 'first_token_timeout' | 'idle_timeout' | 'total_timeout'): void {
    if (this.over) return;
    if (this.paused) return this.clientLeft();
    this.broken({ kind, retry: kind === 'total_timeout' ? 'never' : 'next', message: `no answer within the ${kind.replace('_timeout', '').replace('_', ' ')} deadline` });
  }

  private notStored(): void {
    if (this.over) return;
    this.call?.abort();
    this.finishWith(failed({ kind: 'server', retry: 'never', message: 'the ledger could not store the request', code: 'ledger_unavailable' }));
  }

  private truncated(by: 'client' | 'upstream' | 'deadline', fault: UpstreamFault | null): Outcome {
    const reported = this.reader.usage();
    return {
      kind: 'truncated',
      by,
      answer: this.answer(),
      // An upstream failure without reported usage is not billed; a client that left pays for what it got.
      usage: reported ?? (by === 'upstream' || this.firstContentAt === null ? estimateUsage(0, { text: '', reasoning: '' }) : estimateUsage(boundInput(this.planned.call.body), this.log)),
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
    this.deadlines.clear();
    this.flush();
    this.resolve({
      outcome,
      status: this.status,
      providerRequestId: this.reader.id() ?? (String(this.headers['x-request-id'] ?? '') || null),
      connectMs: this.connectMs,
      ttftMs: this.firstContentAt === null ? null : this.firstContentAt - this.startedAt,
      conclude: (settled) => this.conclude(outcome, settled),
    });
  }

  /** The last bytes: usage where it was asked for, an error frame where the answer broke, `[DONE]` always. */
  private conclude(outcome: Outcome, settled: Settled): void {
    const { exchange, call, requestId } = this.planned;
    if (exchange.left) return;
    // The settlement stored the row where the row alone could not be.
    this.stored = true;
    this.flush();
    let tail = '';
    if (outcome.kind === 'completed' && call.wantsUsage) tail += `data: ${this.usageChunk(outcome, settled)}\n\n`;
    if (outcome.kind === 'truncated') {
      const error = new FairleadError('upstream_stream_interrupted', outcome.fault ? `The answer ended early: ${outcome.fault.message}.` : undefined, { source: 'provider' });
      tail += `data: ${JSON.stringify(errorBody(error, requestId))}\n\n`;
    }
    exchange.end(tail + DONE);
  }

  private usageChunk(outcome: Extract<Outcome, { kind: 'completed' }>, settled: Settled): string {
    const ours = this.run.candidate.model.id;
    const cost = formatUsd(settled.charge);
    if (this.usageFrame) return addCost(rewriteModel(this.usageFrame.frame, this.usageFrame.chunk, ours), cost);
    const { usage } = outcome;
    const { id, created, object = 'chat.completion.chunk' } = this.lastChunk;
    return addCost(
      JSON.stringify({
        id,
        object,
        created,
        model: ours,
        choices: [],
        usage: {
          prompt_tokens: usage.input,
          completion_tokens: usage.output,
          total_tokens: usage.input + usage.output,
          prompt_tokens_details: { cached_tokens: usage.cacheRead },
          completion_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
        },
      }),
      cost,
    );
  }
}

function failed(fault: UpstreamFault): Outcome {
  return { kind: 'failed', fault, answer: null };
}

export function refusedByDialect(error: unknown): UpstreamFault {
  const known = error as FairleadError;
  return {
    kind: 'bad_request',
    retry: 'next',
    status: 400,
    message: error instanceof Error ? error.message : 'the request cannot be translated',
    type: 'invalid_request_error',
    code: known.code ?? 'unsupported_parameter',
    param: known.extras?.param ?? null,
  };
}
