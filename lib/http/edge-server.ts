import http from 'node:http';
import type { Duplex } from 'node:stream';
import { FairleadError } from '@/lib/kernel/errors';
import { renderError } from '@/lib/wire';

/** How long a client may take. Neither counts what it waits for our answer. */
export interface EdgeLimits {
  /** Milliseconds for the headers of a request. */
  headersMs: number;
  /** Milliseconds for the whole of it: a client that sends a byte a second holds its connection no longer. */
  requestMs: number;
  /** How often both are looked at. */
  checkEveryMs: number;
}

const LIMITS: EdgeLimits = { headersMs: 60_000, requestMs: 300_000, checkEveryMs: 5_000 };

/** The server that faces clients. Requests that are no HTTP, or never come to their end, are answered in the envelope and cut. */
export function createEdgeServer(listener: http.RequestListener, { headersMs, requestMs, checkEveryMs } = LIMITS): http.Server {
  const server = http.createServer({ keepAliveTimeout: 65_000, requestTimeout: requestMs, headersTimeout: headersMs, connectionsCheckingInterval: checkEveryMs, noDelay: true }, listener);
  server.on('clientError', answerBroken);
  return server;
}

function answerBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  // Nothing to answer where the peer is gone, and nothing more to say where an answer has begun.
  if (error.code === 'ECONNRESET' || !socket.writable || (socket as Duplex & { _httpMessage?: http.ServerResponse })._httpMessage?.headersSent) return void socket.destroy();
  const { status, message } = verdictOn(error.code);
  const rendered = renderError(new FairleadError('invalid_request', message, { as: { status }, shouldRetry: false }), { requestId: null, surface: 'chat' });
  const headers = { ...rendered.headers, 'content-length': String(Buffer.byteLength(rendered.body)), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\n${lines.join('')}\r\n${rendered.body}`);
}

function verdictOn(code: string | undefined): { status: number; message: string } {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, message: 'The request did not arrive in time.' };
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, message: 'The headers of the request are too large.' };
  return { status: 400, message: 'The request is not valid HTTP.' };
}
