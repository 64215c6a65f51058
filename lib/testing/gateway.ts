import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { type RouteDeps, routeExchange } from '@/lib/gateway';
import { nodeExchange } from '@/lib/http/node-door';
import { webExchange } from '@/lib/http/web-door';
import { bootRuntime } from '@/lib/runtime/boot';
import type { Runtime } from '@/lib/runtime/runtime';

export type DoorName = 'node' | 'web';

export interface TestGateway {
  runtime: Runtime;
  deps: RouteDeps;
  /** `http://127.0.0.1:port/v1` behind each door. */
  baseUrl: Record<DoorName, string>;
  close(): Promise<void>;
}

/** The whole gateway in this process, behind both doors, over real sockets. */
export async function startTestGateway(): Promise<TestGateway> {
  const runtime = await bootRuntime();
  const node = await listen((request, response) => void routeExchange(runtime.deps, nodeExchange(request, response)));
  const web = await listen((request, response) => void answerThroughWeb(runtime.deps, request, response));
  return {
    runtime,
    deps: runtime.deps,
    baseUrl: { node: `${node.origin}/v1`, web: `${web.origin}/v1` },
    async close() {
      await runtime.stop();
      await Promise.all([node.close(), web.close()]);
    },
  };
}

/** What the server that Next runs in has dealt with before a route handler sees a request. */
const HOP_BY_HOP = new Set(['connection', 'expect', 'transfer-encoding', 'keep-alive']);

/** What Next does around a route handler, without Next: a Web request in, its response piped out, its abort passed on. */
async function answerThroughWeb(deps: RouteDeps, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const abort = new AbortController();
  response.on('close', () => !response.writableFinished && abort.abort());
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  const asked = new Request(`http://127.0.0.1${request.url ?? '/'}`, {
    method: request.method,
    headers: Object.entries(request.headers).flatMap(([name, value]) => (value === undefined || HOP_BY_HOP.has(name) ? [] : [[name, String(value)] as [string, string]])),
    body: hasBody ? (Readable.toWeb(request) as ReadableStream<Uint8Array>) : undefined,
    signal: abort.signal,
    duplex: 'half',
  } as RequestInit);
  const answer = await webExchange(asked, (exchange) => routeExchange(deps, exchange));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body) Readable.fromWeb(answer.body as import('node:stream/web').ReadableStream).on('error', () => response.destroy()).pipe(response);
  else response.end();
}

async function listen(handler: http.RequestListener): Promise<{ origin: string; close(): Promise<void> }> {
  const server = http.createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
