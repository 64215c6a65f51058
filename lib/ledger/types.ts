import type { Money } from '@/lib/kernel/money';
import type { RequestId } from '@/lib/kernel/ids';

/**
 * Where money comes from. Demo and simulated money only ever pays for models of demo providers. `overage` is no money yet:
 * what a plan lets its organization owe within a billing period, metered and invoiced later.
 */
export type FundClass = 'paid' | 'included' | 'promotional' | 'overage' | 'demo' | 'simulated';

export type BudgetPeriod = 'day' | 'week' | 'month' | 'total';
export type BudgetScope = 'organization' | 'key' | 'member' | 'end_user' | 'tag' | 'model';

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
  scopeType: BudgetScope;
  scopeId: string;
  period: BudgetPeriod;
  start: string;
  end: string | null;
  limit: Money;
}

/** What must fit before a call may be dispatched. */
export interface HoldRequest {
  windows: BudgetWindow[];
  /** Fund accounts in order of use, or null where the plan has no balance check. */
  funds: string[] | null;
  /** Amounts to try, largest first: the whole ceiling, then a clamped one where the call allows clamping. */
  ceilings: Money[];
}

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
}

/** A row of `logs.body`: one side of the conversation, gzipped, base64 on its way to the database. */
export interface BodyRow {
  class: string;
  day: string;
  request_id: RequestId;
  org_id: string;
  side: 'request' | 'response';
  content: string;
  bytes: number;
  truncated: boolean;
}

export interface OpenCall {
  id: RequestId;
  org: string;
  process: string;
  row: RequestRow;
  /** Whether the row is written now. Otherwise the hold keeps it for the sweeper, and the close writes it whole. */
  writeRow: boolean;
  hold: HoldRequest | null;
}

export type OpenVerdict =
  /** `taken`: which of the ceilings is held; 0 when nothing had to be. */
  | { ok: true; taken: number }
  /** `empty`: refused for good. `held`: would fit once running calls settle. `account` names a budget; null means the balance. */
  | { ok: false; reason: 'empty' | 'held'; account: string | null };

export interface CloseCall {
  id: RequestId;
  org: string;
  /** Id of the ledger entry, made once so that a repeated batch cannot book twice. */
  entry: string;
  /** At most what is held, where something is. */
  charge: Money;
  /** Whether the row may be there already. */
  opened: boolean;
  /** What was held in, for calls that held something. */
  held: { windows: string[]; funds: string[] | null } | null;
  /** What the provider's count costs beyond the hold; charged as far as the limits still have room. */
  extra: Money;
  row: RequestRow;
  attempts: AttemptRow[];
  bodies: BodyRow[];
}
