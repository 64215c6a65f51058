import type { Money } from '@/lib/kernel/money';
import type { RequestId } from '@/lib/kernel/ids';
import type { Hold } from './slice-book';

/**
 * Where money comes from. Demo and simulated money only ever pays for models of demo providers. `overage` is no money yet:
 * what a plan lets its organization owe within a billing period, metered and invoiced later.
 */
export type FundClass = 'paid' | 'included' | 'promotional' | 'overage' | 'demo' | 'simulated';

export type BudgetPeriod = 'day' | 'week' | 'month' | 'total';
export type BudgetScope = 'organization' | 'key' | 'member' | 'end_user' | 'tag' | 'model';

/** Scopes of the operator's own budgets. All but `plan` are counted in provider cost. */
export type OperatorScope = 'platform' | 'provider' | 'credential' | 'plan';

/** A budget of the operator's own (table `operator_budget`). */
export interface OperatorBudget {
  id: string;
  scopeType: OperatorScope;
  /** Empty for the platform. */
  scopeId: string;
  limit: Money;
  period: BudgetPeriod;
  resetDay: number | null;
  action: 'block' | 'warn';
}

/** What happens at the limit: calls are refused, go on and only count, or are answered by a cheaper alias. */
export type BudgetAction = { kind: 'block' } | { kind: 'warn' } | { kind: 'switch'; alias: string };

/** A budget as people set it (table `budget`). */
export interface Budget {
  id: string;
  scopeType: BudgetScope;
  /** Empty for the organization; `*` gives each member of the scope this budget to itself. */
  scopeId: string;
  limit: Money;
  period: BudgetPeriod;
  /** Weekday 1 (Monday) to 7, or day of the month 1 to 31; null is the first. */
  resetDay: number | null;
  action: BudgetAction;
}

/** One budget's current window: a row of `account`, made the first time a call falls into it. */
export interface BudgetWindow {
  /** Account id, derived from scope, period and start so that every process names it alike. */
  id: string;
  scopeType: BudgetScope | OperatorScope;
  scopeId: string;
  period: BudgetPeriod;
  start: string;
  end: string | null;
  limit: Money;
}

/** A window as a call meets it. */
export interface HoldWindow extends BudgetWindow {
  /** Counts only when this model, alias, `provider:…` or `credential:…` is what answers; null always counts. */
  model: string | null;
  /** Who the account belongs to, where that is not the organization that calls. */
  org?: string;
  /** What is counted; absent: what the organization pays. */
  meter?: 'provider_cost';
}

/** What must fit before a call may be dispatched. */
export interface HoldRequest {
  org: string;
  /** Tightest scope first. */
  windows: HoldWindow[];
  /** Windows that only count and refuse nothing. */
  tallies: HoldWindow[];
  /** Fund classes in order of use, or null where the plan has no balance check. */
  funds: readonly FundClass[] | null;
  /** Amounts to try, largest first: the whole ceiling, then a clamped one where the call allows clamping. */
  ceilings: Money[];
}

export type HoldVerdict =
  /** `hold.taken`: which of the ceilings is held. */
  | { ok: true; hold: Hold }
  /** `empty`: refused for good. `held`: would fit once running calls settle. `account` names a window; null means the balance. */
  | { ok: false; reason: 'empty' | 'held'; account: string | null };

/** A row of `logs.request`, by column name. What is absent is NULL, or the column's default; absent fields cost nothing on the wire. */
export interface RequestRow {
  class: string;
  day: string;
  id: RequestId;
  org_id: string;
  process_id: string;
  created_at: string;
  finished_at?: string;
  status: 'running' | 'completed' | 'truncated' | 'refused' | 'failed' | 'interrupted';
  http_status?: number;
  finish_reason?: string;
  surface: string;
  stream: boolean;
  key_id: string;
  key_last4: string;
  alias: string;
  requested_model: string;
  model_id: string;
  provider_id: string;
  user_tag?: string;
  session_tag?: string;
  tags?: Record<string, string>;
  client?: string;
  input_tokens?: number;
  cached_tokens?: number;
  cache_write_tokens?: number;
  output_tokens?: number;
  reasoning_tokens?: number;
  usage_source?: 'reported' | 'estimated';
  usage_suspect: boolean;
  cost_nano: string;
  provider_cost_nano: string;
  price_card_id?: string;
  cost_lines?: { item: string; tokens: number; rate_nano: string; amount_nano: string }[];
  fund?: string;
  hold_nano?: string;
  ttft_ms?: number;
  duration_ms?: number;
  gateway_ms?: number;
  timings?: Record<string, number>;
  error_code?: string;
  error_message?: string;
  error_source?: 'gateway' | 'provider';
  attempt_count: number;
  fallback: boolean;
  candidates_left_out?: { model: string; reason: string }[];
  clamped?: string;
  simulated: boolean;
  sample: boolean;
}

/** A row of `logs.attempt`. */
export interface AttemptRow {
  class: string;
  day: string;
  request_id: RequestId;
  index: number;
  org_id: string;
  started_at: string;
  model_id: string;
  upstream_model: string;
  provider_id: string;
  credential_last4: string;
  reason: 'primary' | 'retry' | 'fallback';
  /** Why this target, in words. */
  chosen?: string;
  /** What came after it failed, in words. */
  left_for?: string;
  outcome: string;
  status?: number;
  provider_request_id?: string;
  connect_ms?: number;
  ttft_ms?: number;
  duration_ms?: number;
  /** Milliseconds from the arrival of the request to the start of this attempt. */
  offset_ms: number;
  input_tokens?: number;
  cached_tokens?: number;
  output_tokens?: number;
  reasoning_tokens?: number;
  cost_nano: string;
  error_message?: string;
  url?: string;
  /** What reached this target in another form than the client wrote. */
  mapped?: { param: string; did: string }[];
  /** Frames of its stream that were not JSON and were left out. */
  bad_chunks?: number;
}

/** A row of `logs.body`: one side of the conversation, gzipped where it is long. */
export interface BodyRow {
  class: string;
  day: string;
  request_id: RequestId;
  org_id: string;
  side: 'request' | 'response';
  content: Buffer;
  bytes: number;
  truncated: boolean;
}

/** How a call ended: what to charge and what to write. */
export interface CloseCall {
  id: RequestId;
  org: string;
  /** What the call costs. Beyond its hold it is charged only as far as every limit still has room. */
  charge: Money;
  /** Null where no limit applies, or the call never got so far. */
  hold: Hold | null;
  /** `processId` of the ledger when the call was admitted. */
  admittedBy: string;
  /** The model that answered and the alias it was called by: windows of other models are not charged. */
  answeredBy: readonly string[];
  row: RequestRow;
  /** False: its row was never sent ahead, and is written whole. Absent: it may have been. */
  opened?: boolean;
  attempts: AttemptRow[];
  bodies: BodyRow[];
}
