import type { IncomingMessage, ServerResponse } from 'node:http';
import { FairleadError } from '@/lib/kernel/errors';
import type { Exchange } from '@/lib/gateway';
import { collectBody } from './collect-body';

/** The node door: one `Exchange` over Node's own request and response, with no Web streams in between. */
export function nodeExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const url = request.url ?? '/';
  const queryAt = url.indexOf('?');
  let left = false;
  const listeners: (() => void)[] = [];
  response.on('close', () => {
    if (response.writableFinished) return;
    left = true;
    for (const listener of listeners) listener();
  });
  return {
    method: request.method ?? 'GET',
    path: queryAt === -1 ? url : url.slice(0, queryAt),
    query: queryAt === -1 ? '' : url.slice(queryAt + 1),
    headers: request.headers,
    remoteAddress: request.socket.remoteAddress ?? '',
    get left() {
      return left;
    },
    get started() {
      return response.headersSent;
    },
    onLeave(listener) {
      listeners.push(listener);
    },
    readBody: (limitBytes) => readNodeBody(request, limitBytes),
    head(status, headers) {
      response.writeHead(status, headers);
    },
    write: (piece) => response.write(piece),
    drained: () =>
      new Promise((resolve) => {
        const proceed = () => {
          response.off('drain', proceed);
          response.off('close', proceed);
          resolve();
        };
        response.on('drain', proceed);
        response.on('close', proceed);
      }),
    end(piece) {
      response.end(piece);
    },
    destroy() {
      response.destroy();
    },
  };
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
