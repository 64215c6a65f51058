import type { CompiledCard } from '@/lib/catalog';
import type { RequestId } from '@/lib/kernel/ids';
import type { Money } from '@/lib/kernel/money';
import type { Usage, UsageSource } from '@/lib/kernel/usage';
import type { AttemptRow, Hold } from '@/lib/ledger';
import type { Slot } from '@/lib/limits';
import type { Caller, CompiledAlias, CompiledModel, CompiledPlan, CompiledTarget, PolicySnapshot } from '@/lib/policy';
import type { Surface, UpstreamFault, WireCall } from '@/lib/providers/contract';
import type { Carried } from '@/lib/surfaces';
import type { Exchange } from './exchange';
import type { CallFacts, RouteStep } from './routing';
import type { StoredRow } from './stored-row';

export type NonEmpty<T> = [T, ...T[]];

/** Milliseconds each stage of the gateway took, for the waterfall. */
export type Timings = Record<'auth' | 'policy' | 'limits' | 'hold' | 'settle', number>;

export interface Received {
  requestId: RequestId;
  surface: Surface;
  /** Unix milliseconds. */
  receivedAtMs: number;
  /** Monotonic milliseconds of arrival: the zero of every duration. */
  startedAt: number;
  exchange: Exchange;
  timings: Timings;
}

export interface Identified extends Received {
  caller: Caller;
  plan: CompiledPlan;
  policy: PolicySnapshot;
}

export interface Candidate {
  target: CompiledTarget;
  model: CompiledModel;
  /** The call in the form this target takes. */
  carried: Carried;
  /** What the provider charges us; null when unpriced. */
  providerCard: CompiledCard | null;
  /** What the tenant pays: the same with the plan's markup. */
  card: CompiledCard | null;
}

export interface LeftOut {
  model: string;
  reason: string;
}

export interface Called extends Identified {
  call: WireCall;
  /** The body as the client sent it, for the log. */
  bodyBytes: Buffer;
  /** What policy is asked about: the model or alias of the call, or of the preset that it names. */
  requestedModel: string;
  /** The preset that the call names, such as `support@3`; `bodyBytes` is what the client sent, `loggedBytes` what it came to. */
  preset: { name: string; loggedBytes: Buffer } | null;
  attribution: { user: string | null; session: string | null; tags: Record<string, string> | null; client: string | null };
}

export interface Permitted extends Called {
  /** Null when the client named a model instead of an alias. */
  alias: CompiledAlias | null;
  candidates: NonEmpty<Candidate>;
  facts: CallFacts;
  leftOut: LeftOut[];
}

export interface Admitted extends Permitted {
  slot: Slot;
  /** Credentials whose own budget is spent. */
  spentCredentials?: ReadonlySet<string>;
}

export type HoldState =
  /** No dollar limit applies. */
  | { kind: 'none' }
  | { kind: 'held'; hold: Hold };

export interface Reserved extends Admitted {
  hold: HoldState;
  /** Output limit put on the upstream because the whole ceiling did not fit; named in x-fairlead-clamped. */
  clampedTo: number | null;
  /** Output tokens that the hold of a stream covers so far, where it could not hold all that the stream may cost. */
  heldOutput: number | null;
  /** The ledger's name of this process when the call was admitted. */
  admittedBy: string;
  /** The request's row. The first byte waits for it. */
  stored: StoredRow;
}

export interface Planned extends Reserved {
  /** The targets in the order in which they are tried. */
  route: NonEmpty<RouteStep>;
  /** Who the call sticks to a target for; null where it does not. */
  stickyId: string | null;
  /** Monotonic deadline over all attempts. */
  deadlineAt: number;
}

/** How a call ended. Exactly one of these is reached, and settled, for every admitted call. */
export type Outcome =
  | { kind: 'completed'; answer: Answer; usage: Usage; usageSource: UsageSource; usageSuspect: boolean; finish: string | null }
  | { kind: 'truncated'; by: 'client' | 'upstream' | 'deadline' | 'budget'; answer: Answer; usage: Usage; usageSource: UsageSource; usageSuspect: boolean; fault: UpstreamFault | null }
  | { kind: 'failed'; fault: UpstreamFault; answer: null };

export interface Answer {
  candidate: Candidate;
  /** Milliseconds from arrival to the first content byte. */
  ttftMs: number | null;
  /** What the client got, for the log: visible text, or the JSON body. */
  logged: string;
}

/** What the attempt stage hands on. `conclude` sends the last bytes and is called after the settlement is stored. */
export interface Running {
  outcome: Outcome;
  attempts: AttemptRow[];
  /** The credential that answered; null where there was none. */
  credentialId: string | null;
  conclude(settled: Settled): void;
}

export interface Settled {
  charge: Money;
  providerCost: Money;
  durationMs: number;
  gatewayMs: number;
}
