import type { AttemptJson, RequestDetailJson } from '@/lib/query/types';

export type SegmentKind = 'receive' | 'auth' | 'policy' | 'limits' | 'hold' | 'gateway' | 'connect' | 'wait' | 'stream' | 'answer' | 'failed' | 'settle';

export interface Segment {
  kind: SegmentKind;
  startMs: number;
  lengthMs: number;
}

export interface Lane {
  id: string;
  /** Null for the two lanes of the gateway itself. */
  attempt: AttemptJson | null;
  part: 'before' | 'attempt' | 'after';
  segments: Segment[];
  startMs: number;
  endMs: number;
}

export interface Waterfall {
  totalMs: number;
  /** The gateway's own work: stages before the first attempt, and settling. */
  gatewayMs: number;
  /** Between attempts, before a retry. */
  waitedMs: number;
  lanes: Lane[];
  /** Round steps for the axis, zero and the end included. */
  ticksMs: number[];
}

/** Stages of the gateway before anything was sent, in the order in which they run. The rest is shown as `gateway`. */
const BEFORE: SegmentKind[] = ['receive', 'auth', 'policy', 'limits', 'hold'];

/**
 * Places everything a request spent its time on on one axis, in milliseconds from its arrival. Nothing is scaled or
 * moved to look better; drawing may widen what would be thinner than two pixels.
 */
export function layOutWaterfall(request: Pick<RequestDetailJson, 'attempts' | 'timings' | 'duration_ms'>): Waterfall {
  const before: Segment[] = [];
  let at = 0;
  for (const kind of BEFORE) {
    const lengthMs = request.timings[kind] ?? 0;
    if (lengthMs <= 0) continue;
    before.push({ kind, startMs: at, lengthMs });
    at += lengthMs;
  }
  // What the stages do not account for is the gateway's as well: reading the body, choosing a credential.
  const sentMs = request.attempts[0]?.offset_ms ?? (request.attempts.length === 0 ? (request.duration_ms ?? at) : at);
  if (sentMs - at > 0.001) before.push({ kind: 'gateway', startMs: at, lengthMs: sentMs - at });

  const lanes: Lane[] = [];
  if (before.length > 0) lanes.push(laneOf('before', null, 'before', before));
  for (const attempt of request.attempts) lanes.push(laneOf(`attempt-${attempt.index}`, attempt, 'attempt', attemptSegments(attempt)));
  const settleMs = request.timings.settle ?? 0;
  if (settleMs > 0) {
    // The recorded duration ends when the answer does; settling comes after it.
    const startMs = Math.max(request.duration_ms ?? 0, ...lanes.map((lane) => lane.endMs));
    lanes.push(laneOf('after', null, 'after', [{ kind: 'settle', startMs, lengthMs: settleMs }]));
  }
  const totalMs = Math.max(request.duration_ms ?? 0, ...lanes.map((lane) => lane.endMs), 0.001);
  const attempts = lanes.filter((lane) => lane.attempt !== null);
  const waitedMs = attempts.slice(1).reduce((sum, lane, index) => sum + Math.max(0, lane.startMs - (attempts[index]?.endMs ?? lane.startMs)), 0);
  const gatewayMs = lanes.filter((lane) => lane.attempt === null).reduce((sum, lane) => sum + lane.endMs - lane.startMs, 0);
  return { totalMs, gatewayMs, waitedMs, lanes, ticksMs: ticks(totalMs) };
}

function attemptSegments(attempt: AttemptJson): Segment[] {
  const start = attempt.offset_ms;
  const length = attempt.duration_ms ?? 0;
  const segments: Segment[] = [];
  const connect = Math.min(attempt.connect_ms ?? 0, length);
  if (connect > 0) segments.push({ kind: 'connect', startMs: start, lengthMs: connect });
  const answered = attempt.outcome === 'completed' || attempt.outcome === 'truncated';
  if (!answered && attempt.ttft_ms === null) {
    segments.push({ kind: 'failed', startMs: start + connect, lengthMs: length - connect });
    return segments;
  }
  const first = Math.min(attempt.ttft_ms ?? length, length);
  if (first > connect) segments.push({ kind: attempt.ttft_ms === null ? 'answer' : 'wait', startMs: start + connect, lengthMs: first - connect });
  if (length > first) segments.push({ kind: answered ? 'stream' : 'failed', startMs: start + first, lengthMs: length - first });
  return segments;
}

function laneOf(id: string, attempt: AttemptJson | null, part: Lane['part'], segments: Segment[]): Lane {
  const startMs = segments[0]?.startMs ?? attempt?.offset_ms ?? 0;
  return { id, attempt, part, segments, startMs, endMs: Math.max(startMs, ...segments.map((segment) => segment.startMs + segment.lengthMs)) };
}

function ticks(totalMs: number): number[] {
  const rough = totalMs / 5;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => size >= rough) ?? rough;
  const steps: number[] = [];
  for (let at = 0; at <= totalMs; at += step) steps.push(Number(at.toPrecision(12)));
  return steps;
}
