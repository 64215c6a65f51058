/** Times of the last answers that count for the median. */
const SAMPLES = 15;
/** Older ones say nothing about now. */
const MAX_AGE_MS = 5 * 60_000;

interface Ring {
  times: number[];
  at: number[];
  next: number;
  median: number;
}

/** Live median time to the first token per target: what `fastest` goes by. Streams and whole answers are told apart. */
export class LatencyBook {
  private readonly rings = new Map<string, Ring>();

  note(modelId: string, stream: boolean, ttftMs: number, nowMs: number): void {
    const name = stream ? `${modelId}|stream` : modelId;
    let ring = this.rings.get(name);
    if (!ring) this.rings.set(name, (ring = { times: [], at: [], next: 0, median: 0 }));
    ring.times[ring.next] = ttftMs;
    ring.at[ring.next] = nowMs;
    ring.next = (ring.next + 1) % SAMPLES;
    const sorted = [...ring.times].sort((a, b) => a - b);
    ring.median = sorted[sorted.length >> 1] as number;
  }

  /** Milliseconds, or null when nothing recent is known. */
  p50(modelId: string, stream: boolean, nowMs: number): number | null {
    const ring = this.rings.get(stream ? `${modelId}|stream` : modelId);
    if (!ring) return null;
    const newest = ring.at[(ring.next + SAMPLES - 1) % SAMPLES] ?? ring.at[ring.at.length - 1] ?? 0;
    return nowMs - newest > MAX_AGE_MS ? null : ring.median;
  }
}
