import type { AttemptRow } from '@/lib/ledger';

/** One call as a trace tells it: the call itself, and each attempt at a provider below it. Never a prompt, never a key. */
export interface CallTrace {
  requestId: string;
  surface: string;
  /** The W3C `traceparent` that the client sent, or null. */
  traceparent: string | null;
  /** Unix milliseconds. */
  startedAtMs: number;
  durationMs: number;
  status: string;
  errorCode: string | null;
  org: string | null;
  alias: string | null;
  requestedModel: string | null;
  model: string | null;
  provider: string | null;
  inputTokens: number;
  outputTokens: number;
  attempts: readonly AttemptRow[];
}

/** Where finished calls are told to whoever watches the installation's traces. */
export interface CallTraces {
  finished(call: CallTrace): void;
  close(): Promise<void>;
}
