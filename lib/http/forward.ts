import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { renderError } from '@/lib/wire';

/** Headers that belong to one connection and are never passed on. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/** Forwards everything that is not inference to the console process, over its unix socket. */
export function createForwarder(socketPath: string): (request: IncomingMessage, response: ServerResponse) => void {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  return (request, response) => {
    const headers: http.OutgoingHttpHeaders = {};
    for (const [name, value] of Object.entries(request.headers)) if (!HOP_BY_HOP.has(name)) headers[name] = value;
    // The outermost address counts: whatever a client claims itself is replaced.
    headers['x-forwarded-for'] = request.socket.remoteAddress ?? '';
    const upstream = http.request({ socketPath, agent, method: request.method, path: request.url, headers }, (answer) => {
      if (answer.statusCode === 405 && request.url?.startsWith('/api/')) {
        answer.resume();
        return answerUnserved(request, response);
      }
      const passed: http.OutgoingHttpHeaders = {};
      for (const [name, value] of Object.entries(answer.headers)) if (!HOP_BY_HOP.has(name)) passed[name] = value;
      response.writeHead(answer.statusCode ?? 502, passed);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    upstream.on('error', () => {
      if (response.headersSent) return void response.destroy();
      response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '2' });
      response.end('The console is starting; try again in a moment.\n');
    });
    response.on('close', () => {
      if (!response.writableFinished) upstream.destroy();
    });
    request.pipe(upstream);
  };
}

/** Next answers a method that a route does not export with an empty 405, before any code of ours could ask who calls; a program gets what every unserved endpoint gets. */
function answerUnserved({ method, url = '' }: IncomingMessage, response: ServerResponse): void {
  const requestId = newId('req');
  const { status, headers, body } = renderError(new FairleadError('unsupported_endpoint', `${method} ${url.split('?')[0]} is not served here.`), {
    requestId,
    surface: 'chat',
  });
  response.writeHead(status, { ...headers, 'x-request-id': requestId, 'content-length': String(Buffer.byteLength(body)) });
  response.end(body);
}
