import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { actOnCheckout, type PageAnswer, showCheckout } from './checkout-page';
import { loadContract } from './contract/load-contract';
import { serveControl } from './control-plane';
import { WebhookDeliveries } from './deliver-webhooks';
import { fileStore, memoryStore } from './file-store';
import { expireWhenDue } from './resources/session-outcomes';
import { renewDueSubscriptions } from './resources/subscription-changes';
import { serveApi } from './serve-api';
import { Simulator } from './simulator';

const MAX_BODY_BYTES = 1_048_576;
const DUE_WORK_EVERY_MS = 30_000;

export interface SimulatorOptions {
  /** Loopback port; 0 takes a free one. */
  port: number;
  webhookUrl: string;
  webhookSecret: string;
  /** The only key it answers to; made up when absent. */
  secretKey?: string;
  /** Where the account is kept between starts; memory only when absent. */
  stateFile?: string;
  /** Origin and path under which the product shows the checkout page; the simulator's own page when absent. */
  checkoutPath?: string;
  /** Serves `/_sim/*`. For tests; never set by the product. */
  controlPlane?: boolean;
}

export interface RunningSimulator {
  apiBase: string;
  secretKey: string;
  sim: Simulator;
  deliveries: WebhookDeliveries;
  /** The checkout page, for a product that shows it under its own origin. */
  showCheckout(sessionId: string): PageAnswer;
  actOnCheckout(sessionId: string, action: string): PageAnswer;
  close(): Promise<void>;
}

/** Starts the local Stripe on a loopback port. */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const secretKey = options.secretKey ?? `sk_test_sim${randomBytes(16).toString('hex')}`;
  let apiBase = '';
  const checkoutUrl = (id: string, successUrl: string) =>
    options.checkoutPath ? `${new URL(successUrl).origin}${options.checkoutPath}/${id}` : `${apiBase}/pay/${id}`;
  const sim = new Simulator(loadContract(), options.stateFile ? fileStore(options.stateFile) : memoryStore, checkoutUrl);
  const deliveries = new WebhookDeliveries(sim, options);
  sim.onEvents = () => deliveries.wake();

  const server = createServer((request, response) => {
    answer({ sim, deliveries, secretKey, controlPlane: options.controlPlane ?? false }, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  apiBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const timer = setInterval(() => runDueWork(sim), DUE_WORK_EVERY_MS);
  timer.unref();
  runDueWork(sim);
  deliveries.wake();
  return {
    apiBase,
    secretKey,
    sim,
    deliveries,
    showCheckout: (id) => showCheckout(sim, id),
    actOnCheckout: (id, action) => actOnCheckout(sim, id, action),
    async close() {
      clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await deliveries.close();
    },
  };
}

function runDueWork(sim: Simulator): void {
  renewDueSubscriptions(sim);
  for (const session of Object.values(sim.state.sessions)) expireWhenDue(sim, session);
  sim.commit();
}

export interface ServerParts {
  sim: Simulator;
  deliveries: WebhookDeliveries;
  secretKey: string;
  controlPlane: boolean;
}

async function answer(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { sim } = parts;
  const url = new URL(request.url ?? '/', 'http://simulator');
  const method = request.method ?? 'GET';
  const body = await readBody(request);
  const pay = /^\/pay\/([\w-]+)$/.exec(url.pathname)?.[1];
  if (pay) return sendPage(response, method === 'POST' ? actOnCheckout(sim, pay, new URLSearchParams(body).get('action') ?? '') : showCheckout(sim, pay));
  if (parts.controlPlane && url.pathname.startsWith('/_sim/')) {
    const result = await serveControl(parts, method, url, body);
    return sendJson(response, result.status, result.body, {});
  }
  const requestId = `req_sim${randomBytes(8).toString('hex')}`;
  const { authorization } = request.headers;
  const result = serveApi(
    sim,
    parts.secretKey,
    {
      method,
      path: url.pathname,
      query: url.search.slice(1),
      body,
      headers: { authorization, stripeVersion: header(request, 'stripe-version'), idempotencyKey: header(request, 'idempotency-key') },
    },
    requestId,
  );
  sendJson(response, result.status, result.body, { 'request-id': requestId, 'stripe-version': sim.contract.info.version, ...result.headers });
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Error('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sendJson(response: ServerResponse, status: number, body: object, headers: Record<string, string>): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function sendPage(response: ServerResponse, page: PageAnswer): void {
  if ('redirect' in page) {
    response.writeHead(303, { location: page.redirect });
    response.end();
    return;
  }
  response.writeHead(page.status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(page.html);
}
