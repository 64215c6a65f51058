import http from 'node:http';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { env } from '@/lib/env';
import type { Contacts, GatewayMetrics, RouteQuestion, RouteTrace } from '@/lib/gateway';
import type { PolicyStore } from '@/lib/policy';
import { socketFolder } from '@/lib/platform';
import type { UpstreamPools } from '@/lib/upstream';
import { testStoredCredential } from './test-stored-credential';

/** Where a process that serves inference answers the others of its installation about its live state. */
function internalSocketPath(worker: number): string {
  return join(socketFolder(env().dataDir), worker === 0 ? 'gateway.sock' : `gateway-${worker}.sock`);
}

/** Serves live state to this installation's own processes: a unix socket that only this user may open. */
export async function serveInternalSocket(state: { contacts: Contacts; metrics: GatewayMetrics; policy: PolicyStore; pools: UpstreamPools; explain(question: RouteQuestion): RouteTrace }): Promise<{ close(): Promise<void> }> {
  const path = internalSocketPath(env().workerIndex);
  rmSync(path, { force: true });
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://internal');
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (url.pathname === '/health') return answer(200, { ok: true });
    if (url.pathname === '/metrics') return void state.metrics.snapshot().then((body) => answer(200, body));
    if (url.pathname === '/contacts') {
      const contacts = state.contacts.since(url.searchParams.get('key_id') ?? '', url.searchParams.get('last4'), Number(url.searchParams.get('since_ms') ?? 0));
      return answer(200, {
        data: contacts.map(({ keyId, requestId, ...contact }) => ({ ...contact, key_id: keyId, request_id: requestId })),
      });
    }
    if (url.pathname === '/test-credential') {
      void testStoredCredential(state, { providerId: url.searchParams.get('provider') ?? '', credentialId: url.searchParams.get('credential') }).then(
        (result) => answer(200, result),
        () => answer(503, { error: 'the policy is not fresh' }),
      );
      return;
    }
    if (url.pathname === '/routes/explain') {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        try {
          answer(200, state.explain(JSON.parse(Buffer.concat(pieces).toString('utf8')) as RouteQuestion));
        } catch {
          answer(503, { error: 'the policy is not fresh' });
        }
      });
      return;
    }
    answer(404, { error: 'unknown path' });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return { close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()) };
}

/** Asks every process that serves inference here. Rejects when none of them answers within two seconds. */
export async function internalGetAll<T>(path: string): Promise<T[]> {
  const answers = await Promise.allSettled(Array.from({ length: env().workers }, (_, worker) => internalGet<T>(path, worker)));
  const given = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  if (given.length === 0) throw (answers[0] as PromiseRejectedResult).reason;
  return given;
}

/** Asks one process that serves inference. Rejects when it does not answer in time, within two seconds unless told otherwise. */
export function internalGet<T>(path: string, worker = 0, timeoutMs = 2_000): Promise<T> {
  return ask<T>(path, worker, timeoutMs, null);
}

/** The same with a JSON body, such as the question of Test route to `/routes/explain`. */
export function internalPost<T>(path: string, body: unknown, worker = 0, timeoutMs = 2_000): Promise<T> {
  return ask<T>(path, worker, timeoutMs, JSON.stringify(body));
}

function ask<T>(path: string, worker: number, timeoutMs: number, body: string | null): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = http.request({ socketPath: internalSocketPath(worker), path, method: body === null ? 'GET' : 'POST', timeout: timeoutMs }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.on('end', () => {
        try {
          resolve(JSON.parse(text) as T);
        } catch (error) {
          reject(error);
        }
      });
    });
    request.on('timeout', () => request.destroy(new Error('the gateway process did not answer')));
    request.on('error', reject);
    request.end(body ?? undefined);
  });
}
