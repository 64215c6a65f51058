import { SSE_KEEP_ALIVE } from '@/lib/wire';
import type { Exchange } from './exchange';
import type { StoredRow } from './stored-row';

/** What pauses while the client reads slower than the provider sends. */
interface Flow {
  pause(): void;
  resume(): void;
}

/** Comments that keep a silent event stream alive: how often, and the head that goes before the first when nothing answered yet. */
interface KeepAlive {
  everyMs: number;
  headers(): Record<string, string>;
}

/** Content that may wait for the row, in characters or bytes; what comes after it stays with the provider. */
const MAX_WAITING = 1024 * 1024;

/**
 * The client's side of a streamed call, over all of its attempts: the head goes out once, the first byte waits for the
 * request's row, silence is filled with comments, and a slow reader pauses the upstream.
 */
export class ClientStream {
  private waiting = '';
  private bytes: Uint8Array[] = [];
  private waitingSize = 0;
  private headers: (() => Record<string, string>) | null = null;
  private stored = false;
  private flow: Flow | null = null;
  private slow = false;
  /** Whether the upstream is paused because the row takes long. */
  private full = false;
  private keptAlive = false;
  private stopped = false;
  private readonly timer: NodeJS.Timeout | null;

  constructor(
    private readonly exchange: Exchange,
    private readonly row: StoredRow,
    private readonly keepAlive: KeepAlive | null,
  ) {
    this.timer = keepAlive ? setTimeout(() => this.fillSilence(), keepAlive.everyMs) : null;
  }

  /** Whether the upstream is paused because the client does not read. */
  get paused(): boolean {
    return this.slow;
  }

  /** Whether the head left before anyone knew who would answer: what it could not say goes into the last chunk. */
  get headWasEarly(): boolean {
    return this.keptAlive;
  }

  /** The call has its first content: from now on what is written leaves as soon as the row is stored. Rejects when it cannot be. */
  open(flow: Flow, headers: () => Record<string, string>): Promise<void> {
    this.flow = flow;
    if (!this.keptAlive) this.headers = headers;
    return this.row.store().then(() => {
      this.stored = true;
      this.flush();
    });
  }

  write(text: string): void {
    if (this.exchange.left) return;
    this.waiting = this.waiting === '' ? text : this.waiting + text;
    this.waitingSize += text.length;
    this.flush();
  }

  /** A piece that is no text, such as sound. */
  writeBytes(piece: Uint8Array): void {
    if (this.exchange.left) return;
    this.bytes.push(piece);
    this.waitingSize += piece.byteLength;
    this.flush();
  }

  /** The last bytes. The settlement has stored the row by now, also where the row alone could not be. */
  end(last: string | Uint8Array): void {
    this.stop();
    if (this.exchange.left) return;
    this.stored = true;
    this.flush();
    this.sendHead();
    this.exchange.end(last);
  }

  /** Breaks the answer off, so that nobody takes a part of it for the whole. */
  cut(): void {
    this.stop();
    this.exchange.destroy();
  }

  /** No more comments: the call ends elsewhere. */
  stop(): void {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  private flush(): void {
    if (this.waitingSize === 0 || this.exchange.left) return;
    if (!this.stored) return this.limitWaiting();
    this.sendHead();
    const piece = this.waiting === '' ? Buffer.concat(this.bytes) : this.waiting;
    this.waiting = '';
    this.bytes = [];
    this.waitingSize = 0;
    this.timer?.refresh();
    const wasFull = this.full;
    this.full = false;
    if (this.exchange.write(piece)) {
      if (wasFull && !this.slow) this.flow?.resume();
      return;
    }
    if (this.slow) return;
    this.slow = true;
    this.flow?.pause();
    void this.exchange.drained().then(() => {
      this.slow = false;
      this.flow?.resume();
    });
  }

  private limitWaiting(): void {
    if (this.waitingSize <= MAX_WAITING) return;
    this.full = true;
    this.flow?.pause();
  }

  private sendHead(): void {
    if (!this.headers) return;
    if (!this.exchange.started) this.exchange.head(200, this.headers());
    this.headers = null;
  }

  /** A comment after a while of silence; like every first byte, the first one waits for the row. */
  private fillSilence(): void {
    if (this.exchange.left) return;
    this.timer?.refresh();
    if (this.slow || this.waiting !== '') return;
    this.row.store().then(
      () => {
        if (this.exchange.left || this.stopped) return;
        this.stored = true;
        if (!this.exchange.started && this.keepAlive) {
          this.keptAlive = true;
          this.exchange.head(200, this.keepAlive.headers());
        }
        this.exchange.write(SSE_KEEP_ALIVE);
      },
      // The next byte of the answer, or its refusal, tells that the row cannot be stored.
      () => undefined,
    );
  }
}
