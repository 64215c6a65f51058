import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import next from 'next';
import { startBillingRuntime, stopBillingRuntime } from '@/lib/billing/runtime';
import { env } from '@/lib/env';
import { JOBS, startJobs } from '@/lib/jobs';
import { log } from '@/lib/log';

/** Longer than the gateway keeps an idle connection, so that it is never cut while a page request is on its way. */
const KEEP_ALIVE_MS = 75_000;
/** The supervisor gives this process two seconds to end; a job that is cut is repeated by the next leader. */
const JOBS_PATIENCE_MS = 800;

/** The console process: Next.js on a unix socket that only the gateway process of this installation can open. */
export async function startConsole({ socketPath }: { socketPath: string }): Promise<{ stop(): Promise<void> }> {
  const { host, port } = env();
  const app = next({ dev: false, dir: process.cwd(), hostname: host, port });
  await app.prepare();
  await startBillingRuntime();
  const jobs = startJobs(JOBS);
  const handle = app.getRequestHandler();

  const server = createServer((request, response) => {
    if (isInference(request)) return refuseInference(response);
    handle(request, response).catch((error: unknown) => {
      log.error({ err: error, path: request.url?.split('?')[0] }, 'a page failed');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 1_000;
  rmSync(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  chmodSync(socketPath, 0o600);

  return {
    async stop() {
      await jobs.stop(JOBS_PATIENCE_MS);
      await stopBillingRuntime();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
      await app.close();
    },
  };
}

/** The keys and limits of inference live in the gateway process; here they would exist a second time. */
function isInference({ url = '' }: IncomingMessage): boolean {
  return url === '/v1' || url.startsWith('/v1/') || url.startsWith('/v1?');
}

function refuseInference(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end('{"error":{"message":"This endpoint is not served here.","type":"invalid_request_error","param":null,"code":"unsupported_endpoint"}}');
}
