import type { Exchange } from '@/lib/gateway';
import { collectBody } from './collect-body';
import { tooLarge } from './node-door';

/** The web door: the same `Exchange` over a Web `Request`, for Next's route handlers. Resolves when the head is known. */
export function webExchange(request: Request, run: (exchange: Exchange) => Promise<void>): Promise<Response> {
  return new Promise((resolve) => {
    const url = new URL(request.url);
    const encoder = new TextEncoder();
    let sink: ReadableStreamDefaultController<Uint8Array> | null = null;
    let pull: (() => void)[] = [];
    let left = false;
    let ended = false;
    let started = false;
    const listeners: (() => void)[] = [];
    const leave = () => {
      if (left || ended) return;
      left = true;
      for (const listener of listeners) listener();
      for (const proceed of pull.splice(0)) proceed();
    };
    request.signal.addEventListener('abort', leave);

    const send = (piece: string | Uint8Array) => {
      if (!left) sink?.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece);
    };
    void run({
      method: request.method,
      path: url.pathname,
      query: url.search.slice(1),
      headers: Object.fromEntries(request.headers),
      remoteAddress: '',
      get left() {
        return left;
      },
      get started() {
        return started;
      },
      onLeave(listener) {
        listeners.push(listener);
      },
      readBody: (limitBytes) => readWebBody(request, limitBytes),
      head(status, headers) {
        started = true;
        const empty = status === 204 || request.method === 'HEAD';
        const stream = empty
          ? null
          : new ReadableStream<Uint8Array>(
              {
                start: (controller) => {
                  sink = controller;
                },
                pull: () => {
                  for (const proceed of pull.splice(0)) proceed();
                },
                cancel: leave,
              },
              new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1024 }),
            );
        resolve(new Response(stream, { status, headers }));
      },
      write(piece) {
        send(piece);
        return (sink?.desiredSize ?? 1) > 0;
      },
      drained: () => new Promise<void>((proceed) => (left ? proceed() : pull.push(proceed))),
      end(piece) {
        if (piece !== undefined) send(piece);
        if (!ended && !left) sink?.close();
        ended = true;
      },
      destroy() {
        if (!ended && !left) sink?.error(new Error('the answer broke off'));
        ended = true;
      },
    });
  });
}

function readWebBody(request: Request, limitBytes: number): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) return Promise.reject(tooLarge(limitBytes));
  const { body } = request;
  return collectBody(request.headers.get('content-encoding') ?? undefined, limitBytes, ({ data, end, fail }) => {
    let discarding = false;
    void (async () => {
      if (body) {
        const reader = body.getReader();
        for (let read = await reader.read(); !read.done; read = await reader.read()) {
          if (discarding) return reader.cancel();
          data(read.value);
        }
      }
      end();
    })().catch(fail);
    return () => {
      discarding = true;
    };
  });
}
