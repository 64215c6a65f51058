import { routeExchange } from '@/lib/gateway';
import { createEdgeServer } from './edge-server';
import { createForwarder } from './forward';
import { nodeExchange } from './node-door';
import { answerOperation } from './operations';
import { log } from '@/lib/log';
import { bootRuntime } from '@/lib/runtime/boot';

export interface GatewayProcess {
  port: number;
  /** Its name in the ledger. */
  owner: string;
  /** Stops listening, lets running calls end and closes everything. */
  stop(): Promise<void>;
}

/** Runs the process that owns the port: inference through the node door, everything else forwarded to the console. */
export async function startGateway(options: { port: number; host: string; consoleSocketPath: string }): Promise<GatewayProcess> {
  const runtime = await bootRuntime();
  const forward = createForwarder(options.consoleSocketPath);
  const server = createEdgeServer((request, response) => {
    const url = request.url ?? '/';
    if (url.startsWith('/v1/') || url === '/v1' || (url === '/' && request.method === 'HEAD')) {
      void routeExchange(runtime.deps, nodeExchange(request, response)).catch((error: unknown) => {
        log.error({ err: error }, 'an exchange failed');
        response.destroy();
      });
      return;
    }
    if (OPERATIONS.has(url)) {
      void answerOperation(url, request.headers.authorization ?? null, runtime).then((answer) => {
        if (!answer) return response.destroy();
        response.writeHead(answer.status, { 'content-type': answer.contentType, 'cache-control': 'no-store' });
        response.end(answer.body);
      });
      return;
    }
    forward(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  return {
    owner: runtime.deps.processId,
    port: typeof address === 'object' && address ? address.port : options.port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await runtime.stop();
      server.closeAllConnections();
      await closed;
    },
  };
}

const OPERATIONS = new Set(['/healthz', '/readyz', '/metrics', '/version']);
