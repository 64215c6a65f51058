import type { Exchange } from './exchange';
import type { StoredRow } from './stored-row';

/** What pauses while the client reads slower than the provider sends. */
interface Flow {
  pause(): void;
  resume(): void;
}

/**
 * The client's side of a streamed call, over all of its attempts: the head goes out once, the first byte waits for the
 * request's row, and a slow reader pauses the upstream.
 */
export class ClientStream {
  private waiting = '';
  private bytes: Uint8Array[] = [];
  private headers: (() => Record<string, string>) | null = null;
  private stored = false;
  private flow: Flow | null = null;
  private slow = false;

  constructor(
    private readonly exchange: Exchange,
    private readonly row: StoredRow,
  ) {}

  /** Whether the upstream is paused because the client does not read. */
  get paused(): boolean {
    return this.slow;
  }

  /** The call has its first content: from now on what is written leaves as soon as the row is stored. Rejects when it cannot be. */
  open(flow: Flow, headers: () => Record<string, string>): Promise<void> {
    this.flow = flow;
    this.headers = headers;
    return this.row.store().then(() => {
      this.stored = true;
      this.flush();
    });
  }

  write(text: string): void {
    this.waiting = this.waiting === '' ? text : this.waiting + text;
    this.flush();
  }

  /** A piece that is no text, such as sound. */
  writeBytes(piece: Uint8Array): void {
    this.bytes.push(piece);
    this.flush();
  }

  /** The last bytes. The settlement has stored the row by now, also where the row alone could not be. */
  end(last: string | Uint8Array): void {
    if (this.exchange.left) return;
    this.stored = true;
    this.flush();
    this.sendHead();
    this.exchange.end(last);
  }

  /** Breaks the answer off, so that nobody takes a part of it for the whole. */
  cut(): void {
    this.exchange.destroy();
  }

  private flush(): void {
    if (!this.stored || (this.waiting === '' && this.bytes.length === 0) || this.exchange.left) return;
    this.sendHead();
    const piece = this.waiting === '' ? Buffer.concat(this.bytes) : this.waiting;
    this.waiting = '';
    this.bytes = [];
    if (this.exchange.write(piece) || this.slow) return;
    this.slow = true;
    this.flow?.pause();
    void this.exchange.drained().then(() => {
      this.slow = false;
      this.flow?.resume();
    });
  }

  private sendHead(): void {
    if (!this.headers) return;
    this.exchange.head(200, this.headers());
    this.headers = null;
  }
}
