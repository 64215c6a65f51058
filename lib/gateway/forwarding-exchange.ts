import type { Exchange, RequestHeaders } from './exchange';

/** An exchange that passes everything on to another one; what extends it changes a part of that. */
export class ForwardingExchange implements Exchange {
  constructor(protected readonly inner: Exchange) {}

  get method(): string {
    return this.inner.method;
  }
  get path(): string {
    return this.inner.path;
  }
  get query(): string {
    return this.inner.query;
  }
  get headers(): RequestHeaders {
    return this.inner.headers;
  }
  get remoteAddress(): string {
    return this.inner.remoteAddress;
  }
  get left(): boolean {
    return this.inner.left;
  }
  get started(): boolean {
    return this.inner.started;
  }

  onLeave(listener: () => void): void {
    this.inner.onLeave(listener);
  }

  readBody(limitBytes: number): Promise<Buffer> {
    return this.inner.readBody(limitBytes);
  }

  head(status: number, headers: Record<string, string>): void {
    this.inner.head(status, headers);
  }

  write(piece: string | Uint8Array): boolean {
    return this.inner.write(piece);
  }

  drained(): Promise<void> {
    return this.inner.drained();
  }

  end(piece?: string | Uint8Array): void {
    this.inner.end(piece);
  }

  destroy(): void {
    this.inner.destroy();
  }
}
