import { gzipSync } from 'node:zlib';
import { newId, requestDay } from '@/lib/kernel/ids';

type Query = (sql: string, values?: unknown[]) => Promise<unknown>;

export interface LogRequest {
  org: string;
  atMs: number;
  attempts?: Record<string, unknown>[];
  bodies?: { request?: string; response?: string };
  /** Any column of logs.request. */
  row?: Record<string, unknown>;
}

/** An organization on a plan of its own, with one key named "Production". */
export async function insertOrganization(
  query: Query,
  options: { id: string; timezone?: string; allow?: string[]; deny?: string[] },
): Promise<{ keyId: string }> {
  const { id, timezone = 'UTC', allow = ['*'], deny = [] } = options;
  const keyId = newId('key');
  await query(`INSERT INTO plan (id, name, allow, deny, log_retention_days) VALUES ($1, 'Test', $2, $3, 30)`, [`plan_${id}`, allow, deny]);
  await query('INSERT INTO organization (id, slug, name, plan_id, timezone) VALUES ($1, $2, $1, $3, $4)', [
    id,
    id.replace('_', '-').toLowerCase(),
    `plan_${id}`,
    timezone,
  ]);
  await query(`INSERT INTO api_key (id, org_id, name, hash, prefix, last4, models) VALUES ($1, $2, 'Production', $1, 'sk-fl-', 'a1b2', '{}')`, [keyId, id]);
  return { keyId };
}

/** A finished request as the gateway would have recorded it, with its roll-up. Returns its id. */
export async function insertRequest(query: Query, request: LogRequest): Promise<string> {
  const id = newId('req', request.atMs);
  const place = { class: 'd30', day: requestDay(id), org_id: request.org };
  const at = new Date(request.atMs).toISOString();
  const row = {
    ...place,
    id,
    process_id: 'test',
    created_at: at,
    finished_at: at,
    status: 'completed',
    http_status: 200,
    finish_reason: 'stop',
    surface: 'chat',
    stream: false,
    key_id: 'key_test',
    key_last4: 'a1b2',
    alias: '',
    requested_model: 'std',
    model_id: 'std',
    provider_id: 'u1',
    input_tokens: 10,
    cached_tokens: 0,
    cache_write_tokens: 0,
    output_tokens: 20,
    usage_source: 'reported',
    usage_suspect: false,
    cost_nano: 0,
    provider_cost_nano: 0,
    ttft_ms: 120,
    duration_ms: 400,
    gateway_ms: 1.5,
    attempt_count: 1,
    fallback: false,
    simulated: false,
    sample: false,
    ...request.row,
  };
  await query('SELECT logs.ensure_partitions($1, $2::date, $2::date)', [[place.class], place.day]);
  await query('INSERT INTO logs.request SELECT * FROM jsonb_populate_record(null::logs.request, $1::jsonb)', [JSON.stringify(row)]);
  for (const [index, attempt] of (request.attempts ?? []).entries()) {
    const filled = {
      ...place,
      request_id: id,
      index,
      started_at: at,
      model_id: row.model_id,
      upstream_model: row.model_id,
      provider_id: row.provider_id,
      credential_last4: '',
      reason: 'primary',
      outcome: 'completed',
      cost_nano: 0,
      ...attempt,
    };
    await query('INSERT INTO logs.attempt SELECT * FROM jsonb_populate_record(null::logs.attempt, $1::jsonb)', [JSON.stringify(filled)]);
  }
  for (const [side, text] of Object.entries(request.bodies ?? {})) {
    await query('INSERT INTO logs.body (class, day, request_id, org_id, side, content, bytes, truncated) VALUES ($1, $2, $3, $4, $5, $6, $7, false)', [
      place.class,
      place.day,
      id,
      request.org,
      side,
      side === 'request' ? gzipSync(text) : Buffer.from(text),
      Buffer.byteLength(text),
    ]);
  }
  await query(
    `INSERT INTO usage_rollup (org_id, bucket, key_id, model_id, alias, provider_id, status, requests, input_tokens, cached_tokens, output_tokens, cost_nano, provider_cost_nano, attempts, fallbacks, duration_ms)
     SELECT org_id, date_bin('15 minutes', created_at, 'epoch'), key_id, model_id, alias, provider_id, status, 1, coalesce(input_tokens, 0), coalesce(cached_tokens, 0),
       coalesce(output_tokens, 0), cost_nano, provider_cost_nano, attempt_count, fallback::int, coalesce(duration_ms, 0) FROM logs.request WHERE day = $1 AND id = $2
     ON CONFLICT (org_id, bucket, key_id, model_id, alias, provider_id, status) DO UPDATE SET requests = usage_rollup.requests + 1,
       input_tokens = usage_rollup.input_tokens + excluded.input_tokens, cached_tokens = usage_rollup.cached_tokens + excluded.cached_tokens,
       output_tokens = usage_rollup.output_tokens + excluded.output_tokens, cost_nano = usage_rollup.cost_nano + excluded.cost_nano,
       provider_cost_nano = usage_rollup.provider_cost_nano + excluded.provider_cost_nano,
       attempts = usage_rollup.attempts + excluded.attempts, fallbacks = usage_rollup.fallbacks + excluded.fallbacks, duration_ms = usage_rollup.duration_ms + excluded.duration_ms`,
    [place.day, id],
  );
  return id;
}
