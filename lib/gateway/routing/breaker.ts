import type { BreakerSettings } from '@/lib/policy';
import type { FaultKind, UpstreamFault } from '@/lib/providers/contract';

/** What a fault says about the target, the credential, or nothing at all. */
const VERDICTS: Record<FaultKind, 'target' | 'credential' | 'limited' | 'none'> = {
  auth: 'credential',
  quota_exhausted: 'credential',
  rate_limit: 'limited',
  overloaded: 'target',
  server: 'target',
  connect: 'target',
  connect_timeout: 'target',
  first_token_timeout: 'target',
  idle_timeout: 'target',
  total_timeout: 'target',
  malformed: 'target',
  interrupted: 'target',
  bad_request: 'none',
  context_length: 'none',
  content_filter: 'none',
  not_found: 'none',
};

/** Beside failures in a row: this share of at least so many attempts within a window opens too. */
const RATE = 0.5;
const RATE_SAMPLES = 20;
const RATE_WINDOW_MS = 10_000;
/** A refused credential or an empty account does not mend within seconds. */
const CREDENTIAL_COOL_DOWN_MS = 60_000;
const CREDENTIAL_MAX_MS = 10 * 60_000;
/** Where a limit names no time. */
const LIMITED_MS = 1_000;
const LIMITED_MAX_MS = 60_000;
const GROWTH = 1.5;

export type BreakerState =
  | 'closed'
  /** Nothing is sent until `until`; then one probe decides. */
  | 'open'
  /** A limit was reached: nothing is sent until `until`, then everything. */
  | 'cooling';

/** One breaker: a credential at a target. Times are monotonic milliseconds. */
export class Breaker {
  state: BreakerState = 'closed';
  until = 0;
  openedAtMs: number | null = null;
  /** Openings in a row without a success in between. */
  trips = 0;
  fault = '';
  message = '';
  private inARow = 0;
  private windowAt = 0;
  private attempts = 0;
  private failures = 0;

  /** The target answered. True when this closed the breaker. */
  succeeded(nowMono: number, probe: boolean): boolean {
    this.inARow = 0;
    this.count(nowMono, false);
    // Answers to calls that were sent before it opened do not close it: only the probe does.
    if (this.state === 'closed' || !probe) return false;
    this.state = 'closed';
    this.trips = 0;
    return true;
  }

  /** The target failed. True when this opened the breaker, or opened it for longer. */
  failed(fault: Pick<UpstreamFault, 'kind' | 'message' | 'retryAfterMs'>, nowMono: number, nowMs: number, probe: boolean, settings: BreakerSettings): boolean {
    const verdict = VERDICTS[fault.kind];
    if (verdict === 'credential') return this.open(fault, nowMono, nowMs, { first: CREDENTIAL_COOL_DOWN_MS, most: CREDENTIAL_MAX_MS });
    this.inARow += 1;
    const isRateHigh = this.count(nowMono, true);
    if (this.state === 'open' && !probe) return false;
    if (probe || this.inARow >= settings.failures || isRateHigh) return this.open(fault, nowMono, nowMs, { first: settings.coolDownMs, most: settings.maxCoolDownMs });
    if (verdict !== 'limited') return false;
    this.note(fault, nowMs);
    this.state = 'cooling';
    this.until = Math.max(this.until, nowMono + Math.min(fault.retryAfterMs ?? LIMITED_MS, LIMITED_MAX_MS));
    return true;
  }

  /** Whether calls may be sent: freely, as the one probe, or not at all. */
  gate(nowMono: number): 'closed' | 'probe' | 'open' {
    if (this.state === 'closed') return 'closed';
    if (nowMono < this.until) return 'open';
    return this.state === 'cooling' ? 'closed' : 'probe';
  }

  private open(fault: Pick<UpstreamFault, 'kind' | 'message' | 'retryAfterMs'>, nowMono: number, nowMs: number, pause: { first: number; most: number }): boolean {
    this.note(fault, nowMs);
    this.trips += 1;
    this.inARow = 0;
    const grown = Math.min(pause.first * GROWTH ** (this.trips - 1), pause.most);
    this.state = 'open';
    this.until = nowMono + Math.max(grown, Math.min(fault.retryAfterMs ?? 0, LIMITED_MAX_MS));
    return true;
  }

  private note(fault: Pick<UpstreamFault, 'kind' | 'message'>, nowMs: number): void {
    this.openedAtMs = nowMs;
    this.fault = fault.kind;
    this.message = fault.message.slice(0, 300);
  }

  private count(nowMono: number, failed: boolean): boolean {
    if (nowMono - this.windowAt > RATE_WINDOW_MS) {
      this.windowAt = nowMono;
      this.attempts = 0;
      this.failures = 0;
    }
    this.attempts += 1;
    if (failed) this.failures += 1;
    return this.attempts >= RATE_SAMPLES && this.failures / this.attempts >= RATE;
  }
}

/** Whether a fault is the credential's and not the target's: another credential may do. */
export function isCredentialFault(kind: FaultKind): boolean {
  return VERDICTS[kind] === 'credential' || VERDICTS[kind] === 'limited';
}

/** Whether a fault speaks against the target or its credential; a refusal of the request itself is an answer. */
export function blamesTarget(kind: FaultKind): boolean {
  return VERDICTS[kind] !== 'none';
}
