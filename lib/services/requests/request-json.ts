import { formatUsd } from '@/lib/kernel/money';
import type { RequestStatus } from './request-filters';

/** A logged request as the management API and the console read it (contract §6). Money is decimal dollars with every digit. */
export interface RequestJson {
  id: string;
  created_at: string;
  finished_at: string | null;
  status: RequestStatus;
  http_status: number | null;
  finish_reason: string | null;
  stream: boolean;
  surface: string;
  /** Null when the client named a model itself. */
  alias: string | null;
  /** Null when the request was refused before a model was chosen. */
  model: string | null;
  requested_model: string;
  provider: string | null;
  key_id: string;
  key_name: string | null;
  key_last4: string;
  user: string | null;
  session: string | null;
  tags: Record<string, string>;
  client: string | null;
  usage: UsageJson;
  usage_source: 'reported' | 'estimated' | null;
  /** The provider's own count could not be true and was bounded. */
  usage_suspect: boolean;
  cost_usd: string;
  provider_cost_usd: string;
  price_card_id: string | null;
  cost_lines: CostLineJson[];
  fund: string | null;
  hold_usd: string | null;
  ttft_ms: number | null;
  duration_ms: number | null;
  gateway_ms: number | null;
  error: { code: string; message: string | null; source: string | null } | null;
  attempt_count: number;
  fallback: boolean;
  /** Targets that were considered and not asked, and why. */
  candidates_left_out: { model: string; reason: string }[];
  /** What the gateway lowered in the request to keep it inside a limit, such as `max_tokens=256`. */
  clamped: string | null;
  simulated: boolean;
  sample: boolean;
}

export interface UsageJson {
  input_tokens: number | null;
  cached_input_tokens: number | null;
  cache_write_tokens: number | null;
  output_tokens: number | null;
  reasoning_tokens: number | null;
}

export interface CostLineJson {
  item: string;
  tokens: number;
  rate_usd_per_million: string;
  amount_usd: string;
}

/** A row of logs.request, with the key's name joined. */
export interface RequestRow {
  id: string;
  org_id: string;
  created_at: Date;
  finished_at: Date | null;
  status: RequestStatus;
  http_status: number | null;
  finish_reason: string | null;
  surface: string;
  stream: boolean;
  key_id: string;
  key_last4: string;
  key_name: string | null;
  alias: string;
  requested_model: string;
  model_id: string;
  provider_id: string;
  user_tag: string | null;
  session_tag: string | null;
  tags: Record<string, string> | null;
  client: string | null;
  input_tokens: bigint | null;
  cached_tokens: bigint | null;
  cache_write_tokens: bigint | null;
  output_tokens: bigint | null;
  reasoning_tokens: bigint | null;
  usage_source: 'reported' | 'estimated' | null;
  usage_suspect: boolean;
  cost_nano: bigint;
  provider_cost_nano: bigint;
  price_card_id: string | null;
  cost_lines: { item: string; tokens: number | string; rate_nano: number | string; amount_nano: number | string }[] | null;
  fund: string | null;
  hold_nano: bigint | null;
  ttft_ms: number | null;
  duration_ms: number | null;
  gateway_ms: number | null;
  timings: Record<string, number> | null;
  error_code: string | null;
  error_message: string | null;
  error_source: string | null;
  attempt_count: number;
  fallback: boolean;
  candidates_left_out: { model: string; reason: string }[] | null;
  clamped: string | null;
  simulated: boolean;
  sample: boolean;
}

export function toRequestJson(row: RequestRow): RequestJson {
  return {
    id: row.id,
    created_at: row.created_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
    status: row.status,
    http_status: row.http_status,
    finish_reason: row.finish_reason,
    stream: row.stream,
    surface: row.surface,
    alias: row.alias || null,
    model: row.model_id || null,
    requested_model: row.requested_model,
    provider: row.provider_id || null,
    key_id: row.key_id,
    key_name: row.key_name,
    key_last4: row.key_last4,
    user: row.user_tag,
    session: row.session_tag,
    tags: row.tags ?? {},
    client: row.client,
    usage: toUsageJson(row),
    usage_source: row.usage_source,
    usage_suspect: row.usage_suspect,
    cost_usd: formatUsd(row.cost_nano),
    provider_cost_usd: formatUsd(row.provider_cost_nano),
    price_card_id: row.price_card_id,
    cost_lines: (row.cost_lines ?? []).map((line) => ({
      item: line.item,
      tokens: Number(line.tokens),
      rate_usd_per_million: formatUsd(BigInt(line.rate_nano)),
      amount_usd: formatUsd(BigInt(line.amount_nano)),
    })),
    fund: row.fund,
    hold_usd: row.hold_nano === null ? null : formatUsd(row.hold_nano),
    ttft_ms: milliseconds(row.ttft_ms),
    duration_ms: milliseconds(row.duration_ms),
    gateway_ms: milliseconds(row.gateway_ms),
    error: row.error_code ? { code: row.error_code, message: row.error_message, source: row.error_source } : null,
    attempt_count: row.attempt_count,
    fallback: row.fallback,
    candidates_left_out: row.candidates_left_out ?? [],
    clamped: row.clamped,
    simulated: row.simulated,
    sample: row.sample,
  };
}

export function toUsageJson(row: {
  input_tokens: bigint | null;
  cached_tokens: bigint | null;
  cache_write_tokens?: bigint | null;
  output_tokens: bigint | null;
  reasoning_tokens: bigint | null;
}): UsageJson {
  return {
    input_tokens: tokens(row.input_tokens),
    cached_input_tokens: tokens(row.cached_tokens),
    cache_write_tokens: tokens(row.cache_write_tokens ?? null),
    output_tokens: tokens(row.output_tokens),
    reasoning_tokens: tokens(row.reasoning_tokens),
  };
}

/** A missing count and a count of zero are different facts. */
function tokens(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}

/** Columns are float4: three decimals are all they hold. */
export function milliseconds(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1_000) / 1_000;
}
