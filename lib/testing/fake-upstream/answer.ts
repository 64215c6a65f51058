import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Behaviour } from './behaviour';
import { type AskedFor, familyOf, SPEECH } from './families';
import { readFixture } from './fixtures';
import { frameEvents, splitBytes } from './framing';
import type { LoggedRequest } from './request-log';

const COMPRESS = { gzip: promisify(zlib.gzip), br: promisify(zlib.brotliCompress), deflate: promisify(zlib.deflate) };

/** What is written: the head, then pieces; `stream` says whether the pieces are events with pauses between them. */
interface Plan {
  status: number;
  headers: Record<string, string>;
  pieces: Buffer[];
  stream: boolean;
}

/** Answers one request as its behaviour says. Never rejects; a peer that leaves ends it. */
export async function answer(outgoing: ServerResponse, asked: AskedFor, behaviour: Behaviour, logged: LoggedRequest): Promise<void> {
  if (behaviour.silent) return;
  if (behaviour.delayMs) await sleep(behaviour.delayMs);
  if (outgoing.destroyed) return;
  if (behaviour.reset === 'before-headers') return reset(outgoing, logged);

  if (behaviour.raw) return writeRaw(outgoing, behaviour.raw, logged);

  const plan = await planOf(asked, behaviour);
  logged.status = plan.status;
  outgoing.writeHead(plan.status, plan.headers);
  if (behaviour.reset === 'after-headers') {
    outgoing.flushHeaders();
    await sleep(20);
    return reset(outgoing, logged);
  }
  if (behaviour.firstTokenMs) {
    outgoing.flushHeaders();
    await sleep(behaviour.firstTokenMs);
  }
  for (const piece of plan.pieces) {
    if (outgoing.destroyed) return;
    if (plan.stream && logged.eventsSent === behaviour.stallAfter) return;
    if (plan.stream && logged.eventsSent === behaviour.cutAfter) return reset(outgoing, logged);
    if (logged.bytesSent > 0 && behaviour.gapMs) await sleep(behaviour.gapMs);
    await write(outgoing, piece, behaviour.bytesPerWrite, logged);
    if (plan.stream) logged.eventsSent++;
  }
  if (outgoing.destroyed) return;
  if (plan.stream && behaviour.stallAfter === logged.eventsSent) return;
  if (plan.stream && behaviour.cutAfter === logged.eventsSent) return reset(outgoing, logged);
  outgoing.end(() => {
    logged.finishedAt = Date.now();
  });
}

async function planOf(asked: AskedFor, behaviour: Behaviour): Promise<Plan> {
  const plan = plainPlan(asked, behaviour);
  const { encoding } = behaviour;
  if (encoding) {
    plan.pieces = [await COMPRESS[encoding](Buffer.concat(plan.pieces))];
    plan.headers['content-encoding'] = encoding;
  } else if (behaviour.oneWrite) plan.pieces = [Buffer.concat(plan.pieces)];
  if (!plan.stream) plan.headers['content-length'] = String(plan.pieces.reduce((sum, piece) => sum + piece.length, 0));
  return plan;
}

function plainPlan(asked: AskedFor, behaviour: Behaviour): Plan {
  const headers = { 'x-request-id': 'req_fake01', ...behaviour.headers };
  if (behaviour.fixture !== undefined) {
    const { bytes, status, contentType, headers: recorded } = readFixture(behaviour.fixture);
    return { status, headers: { 'content-type': contentType, ...headers, ...recorded }, pieces: splitBytes(bytes, Math.ceil(bytes.length / 3)), stream: false };
  }
  const status = behaviour.status ?? 200;
  const family = familyOf(asked.path);
  const whole = behaviour.body ?? (status >= 400 ? family.error(status) : null);
  if (whole === null && asked.path.endsWith('/audio/speech')) {
    return { status, headers: { 'content-type': behaviour.contentType ?? 'audio/wav', ...headers }, pieces: [SPEECH], stream: false };
  }
  if (whole !== null || !(asked.stream || behaviour.streamsAnyway) || behaviour.contentType === 'application/json') {
    const bytes = Buffer.from(whole ?? family.whole(asked, behaviour));
    return { status, headers: { 'content-type': behaviour.contentType ?? 'application/json', ...headers }, pieces: [bytes], stream: false };
  }
  const pieces = frameEvents(family.events(asked, behaviour), behaviour, family);
  return { status, headers: { 'content-type': behaviour.contentType ?? 'text/event-stream', 'cache-control': 'no-cache', ...headers }, pieces, stream: true };
}

async function write(outgoing: ServerResponse, piece: Buffer, size: number | undefined, logged: LoggedRequest): Promise<void> {
  for (const part of size === undefined ? [piece] : splitBytes(piece, size)) {
    if (outgoing.destroyed) return;
    const flowing = outgoing.write(part);
    logged.bytesSent += part.length;
    // Separate writes must leave as separate packets, and a peer that does not read must be felt.
    await (flowing ? new Promise((resolve) => setImmediate(resolve)) : drained(outgoing));
  }
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done);
      outgoing.off('close', done);
      resolve();
    };
    outgoing.on('drain', done);
    outgoing.on('close', done);
  });
}

/** An answer that no HTTP library would write. */
function writeRaw(outgoing: ServerResponse, { bytes, ending }: NonNullable<Behaviour['raw']>, logged: LoggedRequest): void {
  logged.bytesSent += bytes.length;
  outgoing.socket?.write(bytes);
  if (ending === 'hold') return;
  logged.finishedAt = Date.now();
  outgoing.socket?.end();
}

/** Ends the connection with a reset rather than a polite close. */
function reset(outgoing: ServerResponse, logged: LoggedRequest): void {
  logged.finishedAt = Date.now();
  outgoing.socket?.resetAndDestroy();
}
