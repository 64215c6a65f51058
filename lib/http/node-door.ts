import type { IncomingMessage, ServerResponse } from 'node:http';
import { FairleadError } from '@/lib/kernel/errors';
import type { Exchange, RequestHeaders } from '@/lib/gateway';
import { collectBody } from './collect-body';

/** The node door: one `Exchange` over Node's own request and response, with no Web streams in between. */
export function nodeExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  return new NodeExchange(request, response);
}

/**
 * A class, and not an object with getters: V8 gives every such object a hidden class of its own, which lives in the old
 * generation and keeps the whole call alive until the next full collection.
 */
class NodeExchange implements Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: RequestHeaders;
  left = false;
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
  ) {
    const url = request.url ?? '/';
    const queryAt = url.indexOf('?');
    this.method = request.method ?? 'GET';
    this.path = queryAt === -1 ? url : url.slice(0, queryAt);
    this.query = queryAt === -1 ? '' : url.slice(queryAt + 1);
    this.headers = request.headers;
    response.on('close', () => this.closed());
  }

  get remoteAddress(): string {
    return this.request.socket.remoteAddress ?? '';
  }

  get started(): boolean {
    return this.response.headersSent;
  }

  onLeave(listener: () => void): void {
    this.listeners.push(listener);
  }

  readBody(limitBytes: number): Promise<Buffer> {
    return readNodeBody(this.request, limitBytes);
  }

  head(status: number, headers: Record<string, string>): void {
    this.response.writeHead(status, headers);
  }

  write(piece: string | Uint8Array): boolean {
    return this.response.write(piece);
  }

  drained(): Promise<void> {
    const { response } = this;
    return new Promise((resolve) => {
      const proceed = () => {
        response.off('drain', proceed);
        response.off('close', proceed);
        resolve();
      };
      response.on('drain', proceed);
      response.on('close', proceed);
    });
  }

  end(piece?: string | Uint8Array): void {
    this.response.end(piece);
  }

  destroy(): void {
    this.response.destroy();
  }

  private closed(): void {
    if (this.response.writableFinished) return;
    this.left = true;
    for (const listener of this.listeners) listener();
  }
}

function readNodeBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limitBytes) return Promise.reject(tooLarge(limitBytes));
  return collectBody(request.headers['content-encoding'], limitBytes, ({ data, end, fail }) => {
    request.on('data', data);
    request.on('end', end);
    request.on('aborted', () => fail(new FairleadError('invalid_request', 'The request body ended early.')));
    request.on('error', fail);
    return () => request.resume();
  });
}

export function tooLarge(limitBytes: number): FairleadError {
  return new FairleadError('request_too_large', `The request body is larger than ${Math.floor(limitBytes / 1024 / 1024)} MiB.`);
}
