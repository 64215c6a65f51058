import type { Exchange } from '../exchange';
import { ForwardingExchange } from '../forwarding-exchange';

/** Larger answers are not kept; a repeated call is told so. */
export const MAX_KEPT_BYTES = 1024 * 1024;

export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  /** Base64. */
  body: string;
}

/**
 * An exchange whose answer is written down as it goes out. A client that leaves does not end the call: it comes back with
 * the same key and gets the answer it missed. The last byte waits until `settle` has stored or cleared what was written.
 */
export class RecordingExchange extends ForwardingExchange {
  private status = 0;
  private sent: Record<string, string> = {};
  private pieces: Buffer[] | null = [];
  private bytes = 0;
  private readonly gone: Promise<void>;

  constructor(
    inner: Exchange,
    /** Null: the answer was too large to be kept. */
    private readonly settle: (answer: KeptAnswer | null) => Promise<void>,
  ) {
    super(inner);
    this.gone = new Promise((resolve) => inner.onLeave(resolve));
  }

  override get left(): boolean {
    return false;
  }
  override get started(): boolean {
    return this.status !== 0;
  }

  override onLeave(): void {}

  override head(status: number, headers: Record<string, string>): void {
    this.status = status;
    this.sent = headers;
    if (!this.inner.left) this.inner.head(status, headers);
  }

  override write(piece: string | Uint8Array): boolean {
    this.keep(piece);
    return this.inner.left || this.inner.write(piece);
  }

  override drained(): Promise<void> {
    return this.inner.left ? Promise.resolve() : Promise.race([this.inner.drained(), this.gone]);
  }

  override end(piece?: string | Uint8Array): void {
    if (piece !== undefined) this.keep(piece);
    const answer = this.pieces && { status: this.status, headers: this.sent, body: Buffer.concat(this.pieces).toString('base64') };
    void this.settle(answer).then(() => {
      if (!this.inner.left) this.inner.end(piece);
    });
  }

  override destroy(): void {
    void this.settle(null).then(() => this.inner.destroy());
  }

  private keep(piece: string | Uint8Array): void {
    if (this.pieces === null) return;
    const copy = Buffer.from(piece as Uint8Array);
    this.bytes += copy.byteLength;
    if (this.bytes > MAX_KEPT_BYTES) this.pieces = null;
    else this.pieces.push(copy);
  }
}
