import type { Clock } from '@/lib/kernel/clock';
import type { CompiledCredential, CompiledModel } from '@/lib/policy';
import type { UpstreamFault } from '@/lib/providers/contract';
import { blamesTarget, Breaker } from './breaker';

/** A breaker with its name and what the processes need to share it. */
export interface HealthEntry {
  /** `provider/credential/model`. */
  id: string;
  providerId: string;
  credentialId: string;
  credentialLast4: string;
  modelId: string;
  breaker: Breaker;
  /** Changed here and not stored yet. */
  dirty: boolean;
  /** The last change of the stored row that this process knows. */
  change: bigint;
  /** Until when (monotonic) this process may send the probe, where several live. */
  leasedUntil: number;
  /** A probe of this process is under way. */
  probing: boolean;
  /** When (monotonic) a call would last have gone here. */
  wantedAt: number;
}

/** The right to send one attempt; end it exactly once. */
export interface Admission {
  probe: boolean;
  /** The first content arrived, or the whole answer. */
  succeeded(): void;
  failed(fault: UpstreamFault): void;
  /** It ended without a verdict: the client left. */
  dropped(): void;
}

/** Attempts that are let through per second where every target of a route is open: enough to notice that it works again. */
const LAST_RESORTS_PER_SECOND = 10;

/**
 * The health of credentials and targets as this process knows it. Asking costs a map look-up and no database: the rows
 * are exchanged with the other processes in the background (health-sync.ts).
 */
export class Health {
  readonly entries = new Map<string, HealthEntry>();
  private readonly resorts = new Map<string, { at: number; left: number }>();

  constructor(
    private readonly clock: Clock,
    /** Live processes, this one included. */
    private readonly liveProcesses: () => number,
  ) {}

  /** Whether an attempt would be let through now; changes nothing. */
  peek(model: CompiledModel, credential: CompiledCredential | null): 'closed' | 'probe' | 'open' {
    const now = this.clock.monotonic();
    return this.gate(this.entries.get(entryId(model, credential)), now);
  }

  /**
   * Lets one attempt through, or null when the target cools down. `insist` lets a call go back to a target whose limit it
   * has just waited out, and is the last resort where nothing else is left.
   */
  enter(model: CompiledModel, credential: CompiledCredential | null, insist: boolean): Admission | null {
    const now = this.clock.monotonic();
    const target = this.entries.get(entryId(model, credential));
    const gate = this.gate(target, now);
    if (target) target.wantedAt = now;
    if (gate === 'open' && !insist) return null;
    if (target && gate === 'probe') target.probing = true;
    return this.admission(model, credential, gate === 'probe' ? (target ?? null) : null);
  }

  /** Whether a call may be sent although everything it could go to is open. */
  takeLastResort(modelId: string): boolean {
    const now = this.clock.monotonic();
    let resorts = this.resorts.get(modelId);
    if (!resorts || now - resorts.at >= 1_000) this.resorts.set(modelId, (resorts = { at: now, left: LAST_RESORTS_PER_SECOND }));
    if (resorts.left <= 0) return false;
    resorts.left -= 1;
    return true;
  }

  /** The breaker of an id, made when there is none. */
  entry(ids: { id: string; providerId: string; credentialId: string; credentialLast4: string; modelId: string }): HealthEntry {
    let entry = this.entries.get(ids.id);
    if (!entry) {
      entry = { ...ids, breaker: new Breaker(), dirty: false, change: 0n, leasedUntil: 0, probing: false, wantedAt: 0 };
      this.entries.set(ids.id, entry);
    }
    return entry;
  }

  private gate(entry: HealthEntry | undefined, now: number): 'closed' | 'probe' | 'open' {
    if (!entry) return 'closed';
    const gate = entry.breaker.gate(now);
    if (gate !== 'probe') return gate;
    if (entry.probing) return 'open';
    return this.liveProcesses() <= 1 || entry.leasedUntil > now ? 'probe' : 'open';
  }

  private admission(model: CompiledModel, credential: CompiledCredential | null, leased: HealthEntry | null): Admission {
    let probe = leased;
    let ended: 'answered' | 'over' | null = null;
    const end = (as: 'answered' | 'over', verdict: () => void) => {
      // What broke after it had begun to answer is a failure too.
      if (ended === 'over' || ended === as) return;
      ended = as;
      verdict();
      if (probe) probe.probing = false;
      probe = null;
    };
    const answered = () => {
      const target = this.entries.get(entryId(model, credential));
      if (target?.breaker.succeeded(this.clock.monotonic(), probe !== null)) target.dirty = true;
    };
    return {
      probe: leased !== null,
      succeeded: () => end('answered', answered),
      failed: (fault) =>
        end('over', () => {
          if (!blamesTarget(fault.kind)) return answered();
          const entry = this.entry({ id: entryId(model, credential), providerId: model.provider.id, credentialId: credential?.id ?? '', credentialLast4: credential?.last4 ?? '', modelId: model.id });
          if (entry.breaker.failed(fault, this.clock.monotonic(), this.clock.now(), probe !== null, model.provider.breaker)) entry.dirty = true;
        }),
      dropped: () => end('over', () => undefined),
    };
  }
}

function entryId(model: CompiledModel, credential: CompiledCredential | null): string {
  // A new secret is a new chance, so the id of a credential carries the end of it.
  return `${model.provider.id}/${credential ? `${credential.id}:${credential.last4}` : ''}/${model.id}`;
}
