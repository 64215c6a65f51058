import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer } from './answer';
import { type Behaviour, behaviourOf } from './behaviour';
import { type AskedFor, readRequest } from './families';
import { findFixture } from './fixtures';
import { listModels } from './list-models';
import type { LoggedRequest } from './request-log';

export type { Behaviour } from './behaviour';
export type { LoggedRequest } from './request-log';

/** One behaviour, several for the first, second … request (the last one repeats), or a choice made per request. */
export type Script = Behaviour | readonly Behaviour[] | ((request: LoggedRequest, earlier: number) => Behaviour);

export interface FakeUpstream {
  /**
   * Base URL without a path. `/v1` speaks OpenAI (chat, completions, responses, embeddings, images, audio, moderations, rerank) and
   * Anthropic (`/v1/messages`), `/v1beta/models/…` Gemini; `/qwen/v1` replays Qwen's recordings.
   */
  url: string;
  port: number;
  /** Every request, oldest first. */
  requests: LoggedRequest[];
  script(model: string, script: Script): void;
  /** Forgets the requests and the scripts. */
  reset(): void;
  close(): Promise<void>;
}

/**
 * A provider on loopback whose answers the tests choose: by a script for the upstream model, by the model's own
 * name (see behaviour.ts), by the path prefix (recordings), in that order; otherwise a healthy "hello".
 */
export async function startFakeUpstream(options: { port?: number } = {}): Promise<FakeUpstream> {
  const requests: LoggedRequest[] = [];
  const scripts = new Map<string, { script: Script; used: number }>();

  const server = http.createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    const at = Date.now();
    const pieces: Buffer[] = [];
    incoming.on('error', () => undefined);
    outgoing.on('error', () => undefined);
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      const asked = readRequest(incoming.url ?? '/', incoming.headers['content-type'] ?? '', Buffer.concat(pieces));
      const logged: LoggedRequest = {
        at,
        method: incoming.method ?? '',
        path: asked.path,
        headers: incoming.headers,
        body: asked.body,
        bodyBytes: pieces.reduce((sum, piece) => sum + piece.length, 0),
        model: asked.model,
        stream: asked.stream,
        status: null,
        bytesSent: 0,
        eventsSent: 0,
        finishedAt: null,
        peerClosedAt: null,
      };
      requests.push(logged);
      outgoing.on('close', () => {
        if (logged.finishedAt === null && !outgoing.writableFinished) logged.peerClosedAt = Date.now();
      });
      if (logged.method === 'GET' && asked.path.endsWith('/models')) return listModels(outgoing, logged);
      void answer(outgoing, asked, choose(scripts, asked, logged), logged);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    script: (model, script) => void scripts.set(model, { script, used: 0 }),
    reset() {
      requests.length = 0;
      scripts.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function choose(scripts: Map<string, { script: Script; used: number }>, asked: AskedFor, logged: LoggedRequest): Behaviour {
  const scripted = scripts.get(asked.model);
  if (scripted) {
    const { script } = scripted;
    const earlier = scripted.used++;
    if (typeof script === 'function') return script(logged, earlier);
    if (!Array.isArray(script)) return script as Behaviour;
    return (script[Math.min(earlier, script.length - 1)] as Behaviour | undefined) ?? {};
  }
  const named = behaviourOf(asked.model);
  if (named) return named;
  const prefix = /^\/([\w-]+)\//.exec(asked.path)?.[1];
  const fixture = prefix === undefined || prefix === 'v1' || prefix === 'v1beta' ? null : findFixture(prefix, asked.model, asked.stream);
  return fixture === null ? {} : { fixture };
}
