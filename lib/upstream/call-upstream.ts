import type { Duplex } from 'node:stream';
import zlib from 'node:zlib';
import type { Dispatcher } from 'undici';
import { isFairleadError } from '@/lib/kernel/errors';
import type { FaultKind, UpstreamFault } from '@/lib/providers/contract';
import type { UpstreamPools } from './pools';
import { createZstdDecompress } from './zstd';

export type UpstreamHeaders = Record<string, string | string[] | undefined>;

/** What the attempt hears while the upstream answers. Called synchronously as bytes arrive. */
export interface UpstreamSink {
  /** The request left on a connected socket. */
  connected(): void;
  head(status: number, headers: UpstreamHeaders): void;
  data(bytes: Uint8Array): void;
  end(): void;
  /** The call ended without a whole answer. Called at most once, never after `end`. */
  fail(fault: UpstreamFault): void;
}

/** The running call: pause and resume for back-pressure, abort to close the socket. */
export interface UpstreamCall {
  pause(): void;
  resume(): void;
  /** Closes the upstream socket; the sink hears nothing more. */
  abort(): void;
  /** The answer is whole and the sink hears nothing more: an upstream that does not end it by itself loses its socket. */
  release(): void;
}

export interface UpstreamRequest {
  url: URL;
  headers: Record<string, string>;
  body: string | Uint8Array;
  connectMs: number;
}

/** How long an upstream may take to end an answer that is whole, so that its socket can be used again. */
const LINGER_MS = 1_000;

/** Sends one request. Push-based, because a stream object per call costs more than everything else on the hot path. */
export function callUpstream(pools: UpstreamPools, request: UpstreamRequest, sink: UpstreamSink): UpstreamCall {
  let controller: Dispatcher.DispatchController | null = null;
  let over = false;
  let aborted = false;
  /** The upstream has ended its answer, or its connection. */
  let ended = false;
  let inflate: Duplex | null = null;

  let lingering: NodeJS.Timeout | null = null;

  const fail = (fault: UpstreamFault) => {
    if (over) return;
    over = true;
    sink.fail(fault);
  };
  const settled = () => {
    if (lingering) clearTimeout(lingering);
    ended = true;
  };
  const call: UpstreamCall = {
    pause: () => controller?.pause(),
    resume: () => controller?.resume(),
    abort() {
      if (over) return;
      over = true;
      aborted = true;
      controller?.abort(new Error('the gateway closed the call'));
      inflate?.destroy();
    },
    release() {
      if (over || ended) return;
      over = true;
      lingering = setTimeout(() => controller?.abort(new Error('the answer was whole and did not end')), LINGER_MS).unref();
    },
  };

  let pool: Dispatcher;
  try {
    pool = pools.for(request.url.origin, request.connectMs);
  } catch (error) {
    queueMicrotask(() => fail(connectFault('connect', isFairleadError(error) ? error.message : 'the address is not usable')));
    return call;
  }

  const finish = () => {
    if (over) return;
    over = true;
    sink.end();
  };

  pool.dispatch(
    { path: request.url.pathname + request.url.search, method: 'POST', headers: request.headers, body: request.body },
    {
      onRequestStart(started) {
        controller = started;
        if (aborted) started.abort(new Error('the gateway closed the call'));
        else sink.connected();
      },
      onResponseStart(_, status, headers) {
        if (over || status < 200) return;
        const encoding = headers['content-encoding'];
        inflate = decompressor(encoding);
        if (!inflate && encoding !== undefined && encoding !== '' && encoding !== 'identity') {
          fail({ kind: 'malformed', retry: 'next', status, message: `the answer is compressed with ${String(encoding).slice(0, 40)}, which was not asked for` });
          controller?.abort(new Error('the answer cannot be read'));
          return;
        }
        if (inflate) {
          inflate.on('data', (bytes: Buffer) => !over && sink.data(bytes));
          inflate.on('end', finish);
          inflate.on('error', () => fail({ kind: 'malformed', retry: 'same', message: 'the compressed answer is damaged' }));
        }
        sink.head(status, headers);
      },
      onResponseData(_, bytes) {
        if (over) return;
        if (inflate) inflate.write(bytes);
        else sink.data(bytes);
      },
      onResponseEnd() {
        settled();
        if (inflate) inflate.end();
        else finish();
      },
      onResponseError(_, error: Error & { code?: string }) {
        settled();
        fail(error.code === 'UND_ERR_CONNECT_TIMEOUT' ? noConnection(request) : faultOf(error));
      },
    },
  );
  return call;
}

function decompressor(encoding: string | string[] | undefined): Duplex | null {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip();
    case 'br':
      return zlib.createBrotliDecompress();
    case 'deflate':
      return zlib.createInflate();
    case 'zstd':
      return createZstdDecompress();
    default:
      return null;
  }
}

function faultOf(error: Error & { code?: string }): UpstreamFault {
  if (isFairleadError(error)) return connectFault('connect', error.message);
  if (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN' || error.code === 'EHOSTUNREACH') {
    return connectFault('connect', `no connection (${error.code})`);
  }
  return { kind: 'interrupted', retry: 'same', message: `the connection broke (${error.code ?? error.name})` };
}

function noConnection({ connectMs }: UpstreamRequest): UpstreamFault {
  return connectFault('connect_timeout', `no connection within the connect deadline of ${connectMs} ms`);
}

function connectFault(kind: FaultKind, message: string): UpstreamFault {
  return { kind, retry: kind === 'connect_timeout' ? 'next' : 'same', message };
}
