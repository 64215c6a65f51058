import type { Money } from '@/lib/kernel/money';
import type { RequestId } from '@/lib/kernel/ids';

/** Where money comes from. Demo and simulated money only ever pays for models of demo providers. */
export type FundClass = 'paid' | 'included' | 'promotional' | 'demo' | 'simulated';

export type BudgetPeriod = 'day' | 'week' | 'month' | 'total';

/** One budget's current window: a row of `account`, made the first time a call falls into it. */
export interface BudgetWindow {
  /** Account id, derived from scope, period and start so that every process names it alike. */
  id: string;
  scopeType: 'organization' | 'key' | 'member' | 'end_user' | 'tag' | 'model';
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

/** A row of `logs.request`, by column name. Every NOT NULL column is present. */
export interface RequestRow {
  class: string;
  day: string;
  id: RequestId;
  org_id: string;
  process_id: string;
  created_at: string;
  finished_at: string | null;
  status: 'running' | 'completed' | 'truncated' | 'refused' | 'failed' | 'interrupted';
  http_status: number | null;
  finish_reason: string | null;
  surface: string;
  stream: boolean;
  key_id: string;
  key_last4: string;
  alias: string;
  requested_model: string;
  model_id: string;
  provider_id: string;
  user_tag: string | null;
  session_tag: string | null;
  tags: Record<string, string> | null;
  client: string | null;
  input_tokens: number | null;
  cached_tokens: number | null;
  cache_write_tokens: number | null;
  output_tokens: number | null;
  reasoning_tokens: number | null;
  usage_source: 'reported' | 'estimated' | null;
  usage_suspect: boolean;
  cost_nano: string;
  provider_cost_nano: string;
  price_card_id: string | null;
  cost_lines: { item: string; tokens: number; rate_nano: string; amount_nano: string }[] | null;
  fund: string | null;
  hold_nano: string | null;
  ttft_ms: number | null;
  duration_ms: number | null;
  gateway_ms: number | null;
  timings: Record<string, number> | null;
  error_code: string | null;
  error_message: string | null;
  error_source: 'gateway' | 'provider' | null;
  attempt_count: number;
  fallback: boolean;
  candidates_left_out: { model: string; reason: string }[] | null;
  clamped: string | null;
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
  status: number | null;
  provider_request_id: string | null;
  connect_ms: number | null;
  ttft_ms: number | null;
  duration_ms: number | null;
  /** Milliseconds from the arrival of the request to the start of this attempt. */
  offset_ms: number;
  input_tokens: number | null;
  cached_tokens: number | null;
  output_tokens: number | null;
  reasoning_tokens: number | null;
  cost_nano: string;
  error_message: string | null;
  url: string | null;
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
  /** What the provider's count costs beyond the hold; charged as far as the limits still have room. */
  extra: { amount: Money; windows: string[]; funds: string[] | null } | null;
  row: RequestRow;
  attempts: AttemptRow[];
  bodies: BodyRow[];
  /** False when the call was refused before `open`: its row is inserted. */
  opened: boolean;
}
