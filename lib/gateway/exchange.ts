/** Lower-cased request headers; a repeated header is joined or an array, as Node delivers it. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * One HTTP call as the pipeline sees it, whichever door it came through. Nothing behind the doors knows Node's or the
 * Web's own request types.
 */
export interface Exchange {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: string;
  readonly headers: RequestHeaders;
  readonly remoteAddress: string;
  /** Whether the client has gone. */
  readonly left: boolean;
  /** Whether the head was sent: from then on an error can only be part of the stream. */
  readonly started: boolean;
  /** Calls back once when the client goes before the answer ended. */
  onLeave(listener: () => void): void;
  /** The whole body, decompressed. Throws `request_too_large` past `limitBytes`; never returns a part of it. */
  readBody(limitBytes: number): Promise<Buffer>;
  /** Status line and headers. Exactly once. */
  head(status: number, headers: Record<string, string>): void;
  /** Sends a piece. False: wait for `drained` before the next, or memory grows. */
  write(piece: string | Uint8Array): boolean;
  drained(): Promise<void>;
  end(piece?: string | Uint8Array): void;
  /** Breaks the connection: the client sees that its answer is not whole. */
  destroy(): void;
}

export function headerOf(exchange: Pick<Exchange, 'headers'>, name: string): string | null {
  const value = exchange.headers[name];
  return Array.isArray(value) ? (value[0] ?? null) : (value ?? null);
}
