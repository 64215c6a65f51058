import { demoReply } from '@/lib/providers/demo';
import type { EncodedRequest } from '@/lib/providers/contract';
import type { CompiledCredential } from '@/lib/policy';
import { callUpstream, type UpstreamCall, type UpstreamSink } from '@/lib/upstream';
import type { GatewayDeps } from './deps';
import type { Candidate } from './types';

/** Sends an encoded request to a candidate's provider: over a socket, or to the demo provider in this process. */
export function dispatch(
  deps: Pick<GatewayDeps, 'pools'>,
  candidate: Candidate,
  credential: CompiledCredential | null,
  encoded: EncodedRequest,
  attempt: number,
  sink: UpstreamSink,
): UpstreamCall {
  const { provider, upstreamModel } = candidate.model;
  if (provider.demo) return dispatchDemo(upstreamModel, encoded, attempt, sink);
  return callUpstream(
    deps.pools,
    {
      url: upstreamUrl(candidate, encoded.path),
      headers: { 'content-type': 'application/json', 'user-agent': 'fairlead', ...encoded.headers, ...(credential ? provider.adapter.authorize(credential.secret) : {}) },
      body: encoded.body,
      connectMs: candidate.target.timeouts.connectMs ?? provider.timeouts.connectMs,
    },
    sink,
  );
}

/** Where a path of a candidate's provider is. Addresses are few and asked for with every call, so each is parsed once. */
export function upstreamUrl(candidate: Candidate, path: string): URL {
  const text = candidate.model.provider.baseUrl + path;
  let url = urls.get(text);
  if (!url) {
    if (urls.size >= MOST_URLS) urls.clear();
    urls.set(text, (url = new URL(text)));
  }
  return url;
}

const urls = new Map<string, URL>();
const MOST_URLS = 1_000;

function dispatchDemo(upstreamModel: string, encoded: EncodedRequest, attempt: number, sink: UpstreamSink): UpstreamCall {
  const abort = new AbortController();
  let resume: (() => void) | null = null;
  let paused = false;
  const run = async () => {
    sink.connected();
    const reply = await demoReply(upstreamModel, JSON.parse(typeof encoded.body === 'string' ? encoded.body : Buffer.from(encoded.body).toString('utf8')), { attempt, signal: abort.signal });
    if (abort.signal.aborted) return;
    sink.head(reply.status, reply.headers);
    for await (const bytes of reply.body) {
      if (abort.signal.aborted) return;
      sink.data(bytes);
      if (paused) await new Promise<void>((proceed) => (resume = proceed));
    }
    if (!abort.signal.aborted) sink.end();
  };
  run().catch((error: unknown) => {
    if (!abort.signal.aborted) sink.fail({ kind: 'interrupted', retry: 'same', message: `the demo provider failed: ${error instanceof Error ? error.message : 'unknown'}` });
  });
  return {
    pause: () => (paused = true),
    resume: () => {
      paused = false;
      resume?.();
      resume = null;
    },
    abort: () => {
      abort.abort();
      resume?.();
    },
    release: () => undefined,
  };
}
