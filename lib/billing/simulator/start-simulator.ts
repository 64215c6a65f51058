import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { actOnCheckout, showCheckout } from './checkout-page';
import { loadContract } from './contract/load-contract';
import { serveControl } from './control-plane';
import { WebhookDeliveries } from './deliver-webhooks';
import { fileStore, memoryStore } from './file-store';
import { payAtInvoicePage, showInvoice, showPortal, showReceipt } from './document-pages';
import type { PageAnswer } from './page-layout';
import { expireWhenDue } from './resources/session-outcomes';
import { renewDueSubscriptions } from './resources/renewals';
import { recover } from './resources/subscription-changes';
import { serveApi } from './serve-api';
import { findFault, type PlannedFault } from './planned-faults';
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
  /** The same for the customer portal. */
  portalPath?: string;
  /** Address under which the product shows invoices and receipts; the simulator's own when absent. */
  documentsUrl?: string;
  /** Serves `/_sim/*`. For tests; never set by the product. */
  controlPlane?: boolean;
}

export interface RunningSimulator {
  apiBase: string;
  secretKey: string;
  sim: Simulator;
  deliveries: WebhookDeliveries;
  /** What goes wrong with coming requests; only tests fill it. */
  faults: PlannedFault[];
  /** The checkout page, for a product that shows it under its own origin. */
  showCheckout(sessionId: string): PageAnswer;
  actOnCheckout(sessionId: string, action: string): PageAnswer;
  showPortal(customer: string, returnUrl: string): PageAnswer;
  /** What Stripe hosts for an invoice, with a way to pay it while it is open. */
  showInvoice(id: string): PageAnswer;
  payInvoice(id: string): PageAnswer;
  showReceipt(chargeId: string): PageAnswer;
  close(): Promise<void>;
}

/** Starts the local Stripe on a loopback port. */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const secretKey = options.secretKey ?? `sk_test_sim${randomBytes(16).toString('hex')}`;
  let apiBase = '';
  const checkoutUrl = (id: string, successUrl: string) =>
    options.checkoutPath ? `${new URL(successUrl).origin}${options.checkoutPath}/${id}` : `${apiBase}/pay/${id}`;
  const portalUrl = (customer: string, returnUrl: string) => {
    const query = `customer=${customer}&return_url=${encodeURIComponent(returnUrl)}`;
    return options.portalPath ? `${new URL(returnUrl).origin}${options.portalPath}?${query}` : `${apiBase}/portal?${query}`;
  };
  const documentUrl = (kind: 'invoice' | 'receipt', id: string) => `${options.documentsUrl ?? apiBase}/${kind}/${id}`;
  const faults: PlannedFault[] = [];
  const sim = new Simulator(loadContract(), options.stateFile ? fileStore(options.stateFile) : memoryStore, checkoutUrl, portalUrl, documentUrl);
  sim.onInvoicePaid = (invoice) => recover(sim, invoice);
  const deliveries = new WebhookDeliveries(sim, options);
  sim.onEvents = () => deliveries.wake();

  const server = createServer((request, response) => {
    answer({ sim, deliveries, faults, secretKey, controlPlane: options.controlPlane ?? false }, request, response).catch(() => response.destroy());
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
    faults,
    showPortal: (customer, returnUrl) => showPortal(sim, customer, returnUrl),
    showInvoice: (id) => showInvoice(sim, id),
    payInvoice: (id) => payAtInvoicePage(sim, id),
    showReceipt: (id) => showReceipt(sim, id),
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
  faults: PlannedFault[];
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
  const [, kind, document = ''] = /^\/(invoice|receipt)\/([\w-]+)$/.exec(url.pathname) ?? [];
  if (kind === 'receipt') return sendPage(response, showReceipt(sim, document));
  if (kind === 'invoice') return sendPage(response, method === 'POST' ? payAtInvoicePage(sim, document) : showInvoice(sim, document));
  if (url.pathname === '/portal') return sendPage(response, showPortal(sim, url.searchParams.get('customer') ?? '', url.searchParams.get('return_url') ?? ''));
  if (parts.controlPlane && url.pathname.startsWith('/_sim/')) {
    const result = await serveControl(parts, method, url, body);
    return sendJson(response, result.status, result.body, {});
  }
  const requestId = `req_sim${randomBytes(8).toString('hex')}`;
  const { authorization } = request.headers;
  const fault = findFault(parts.faults, method, url.pathname);
  if (fault === 'reset') return void response.destroy();
  if (fault === 500 || fault === 429) {
    const type = fault === 429 ? 'rate_limit_error' : 'api_error';
    return sendJson(response, fault, { error: { type, message: 'Planned by a test.' } }, { 'request-id': requestId, 'stripe-should-retry': 'false' });
  }
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
  sim.note({
    method,
    path: url.pathname,
    body: method === 'POST' ? body : url.search.slice(1),
    version: header(request, 'stripe-version'),
    idempotencyKey: header(request, 'idempotency-key'),
    status: result.status,
  });
  // The work is done; only its answer is lost.
  if (fault === 'timeout-after-commit') return void response.destroy();
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
