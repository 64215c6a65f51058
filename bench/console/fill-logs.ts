import pg from 'pg';

const DAYS = 30;
/** Kept a day longer than the rows are old, so that no partition of them expires while they are measured. */
const CLASS = 'd31';

/**
 * Writes `rows` finished requests of one organization over the last thirty days, with their roll-ups: twelve models, six
 * aliases, eight keys, two thousand end users, twelve combinations of tags; two in a hundred fail and one is refused.
 * Returns the seconds it took.
 */
export async function fillLogs(databaseUrl: string, orgSlug: string, rows: number): Promise<number> {
  const startedAt = performance.now();
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: found } = await client.query<{ id: string }>('SELECT id FROM organization WHERE slug = $1', [orgSlug]);
    const org = found[0]?.id;
    if (!org) throw new Error(`no organization ${orgSlug}`);
    await client.query(
      `INSERT INTO api_key (id, org_id, name, hash, prefix, last4, models)
       SELECT 'key_scale' || lpad(n::text, 17, '0'), $1, 'Program ' || n, md5(n::text) || $1, 'sk-fl-', lpad(n::text, 4, '0'), '{}' FROM generate_series(1, 8) n`,
      [org],
    );
    await client.query(`SELECT logs.ensure_partitions(ARRAY['${CLASS}'], current_date - ${DAYS}, current_date + 1)`);
    for (let day = DAYS - 1; day >= 0; day--) await fillDay(client, org, day, Math.ceil(rows / DAYS));
    await client.query(ROLL_UP, [org]);
    await client.query('ANALYZE logs.request');
    await client.query('ANALYZE usage_rollup');
  } finally {
    await client.end();
  }
  return (performance.now() - startedAt) / 1_000;
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = Array.from({ length: 8 }, (_, place) => `substr('${ALPHABET}', ((ms / ${62 ** (7 - place)}::bigint) % 62)::int + 1, 1)`).join(' || ');

/** One day back, evenly over its hours until now. The id holds the moment, as every request id does. */
async function fillDay(client: pg.Client, org: string, daysAgo: number, rows: number): Promise<void> {
  await client.query(
    `INSERT INTO logs.request (class, day, id, org_id, process_id, created_at, finished_at, status, http_status, finish_reason, surface, stream, key_id, key_last4, alias,
       requested_model, model_id, provider_id, user_tag, tags, client, input_tokens, cached_tokens, output_tokens, usage_source, cost_nano, provider_cost_nano, price_card_id,
       ttft_ms, duration_ms, gateway_ms, timings, error_code, error_source, attempt_count, fallback)
     SELECT '${CLASS}', (at AT TIME ZONE 'UTC')::date, 'req_' || ${DIGITS} || substr(md5(random()::text), 1, 14), $1, 'scale', at, at, status,
       CASE status WHEN 'failed' THEN 503 WHEN 'refused' THEN 429 ELSE 200 END, CASE WHEN status = 'completed' THEN 'stop' END, 'chat', n % 2 = 0,
       'key_scale' || lpad((n % 8 + 1)::text, 17, '0'), lpad((n % 8 + 1)::text, 4, '0'), CASE WHEN n % 6 = 5 THEN '' ELSE 'alias-' || n % 6 END,
       'model-' || model, 'model-' || model, 'provider-' || model % 5, 'user-' || (random() * random() * 2000)::int,
       jsonb_build_object('feature', (ARRAY['search', 'chat', 'summary', 'translate'])[n % 4 + 1], 'team', (ARRAY['growth', 'core', 'support'])[n % 3 + 1]), 'openai-node/6.1.0',
       (200 + random() * 4000)::int, CASE WHEN n % 3 = 0 THEN 128 ELSE 0 END, (20 + random() * 800)::int, 'reported', (random() * 20000000)::bigint, (random() * 16000000)::bigint, 'card_scale',
       80 + random() * 900, 200 + random() * 8000, 1 + random() * 3, '{"auth":0.2,"policy":0.1,"limits":0.1,"hold":0.3,"settle":0.4}'::jsonb,
       CASE status WHEN 'failed' THEN 'upstream_error' WHEN 'refused' THEN 'rate_limit_exceeded' END, CASE WHEN status = 'failed' THEN 'provider' END,
       CASE WHEN n % 40 = 0 THEN 2 ELSE 1 END, n % 80 = 0
     FROM (
       SELECT n, at, (extract(epoch FROM at) * 1000)::bigint AS ms, (random() * random() * 12)::int AS model,
         CASE WHEN dice < 0.02 THEN 'failed' WHEN dice < 0.03 THEN 'refused' ELSE 'completed' END AS status
       FROM (SELECT n, now() - make_interval(days => $2::int) - make_interval(secs => random() * 86400) AS at, random() AS dice FROM generate_series(1, $3::int) n) moments
     ) made`,
    [org, daysAgo, rows],
  );
}

const ROLL_UP = `
  INSERT INTO usage_rollup (org_id, bucket, key_id, model_id, alias, provider_id, status, requests, input_tokens, cached_tokens, output_tokens, cost_nano, provider_cost_nano, attempts, fallbacks, duration_ms)
  SELECT org_id, date_bin('15 minutes', created_at, 'epoch'), key_id, model_id, alias, provider_id, status, count(*), sum(input_tokens), sum(cached_tokens), sum(output_tokens),
    sum(cost_nano), sum(provider_cost_nano), sum(attempt_count), count(*) FILTER (WHERE fallback), sum(duration_ms)::bigint
  FROM logs.request WHERE org_id = $1 AND process_id = 'scale' GROUP BY 1, 2, 3, 4, 5, 6, 7
  ON CONFLICT DO NOTHING`;
