-- Usage by what callers attach to their calls (tags, end users), and the attempts of calls that one did not answer.
-- Both are written in the settle transaction, and only for calls that have something to write.
CREATE TABLE "usage_label" (
    "org_id" TEXT NOT NULL,
    "bucket" TIMESTAMPTZ(0) NOT NULL,
    "key_id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "requests" BIGINT NOT NULL DEFAULT 0,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "cached_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "reasoning_tokens" BIGINT NOT NULL DEFAULT 0,
    "cost_nano" BIGINT NOT NULL DEFAULT 0,
    "provider_cost_nano" BIGINT NOT NULL DEFAULT 0,
    "attempts" BIGINT NOT NULL DEFAULT 0,
    "fallbacks" BIGINT NOT NULL DEFAULT 0,
    "duration_ms" BIGINT NOT NULL DEFAULT 0,
    "dimension" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "usage_label_pkey" PRIMARY KEY ("org_id","dimension","bucket","value","key_id","model_id","alias","provider_id","status")
);

-- CreateTable
CREATE TABLE "attempt_rollup" (
    "org_id" TEXT NOT NULL,
    "bucket" TIMESTAMPTZ(0) NOT NULL,
    "model_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "attempts" BIGINT NOT NULL DEFAULT 0,
    "failures" BIGINT NOT NULL DEFAULT 0,
    "last" BIGINT NOT NULL DEFAULT 0,
    "provider_cost_nano" BIGINT NOT NULL DEFAULT 0,
    "duration_ms" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "attempt_rollup_pkey" PRIMARY KEY ("org_id","bucket","model_id","provider_id","kind")
);


ALTER TABLE usage_label ADD CONSTRAINT usage_label_dimension CHECK (dimension IN ('tag', 'end_user'));
ALTER TABLE attempt_rollup ADD CONSTRAINT attempt_rollup_kind CHECK (kind IN ('primary', 'retry', 'fallback'));
ALTER TABLE usage_label SET (fillfactor = 70);
ALTER TABLE attempt_rollup SET (fillfactor = 70);

REVOKE ALL ON usage_label, attempt_rollup FROM fairlead_app;
GRANT SELECT ON usage_label, attempt_rollup TO fairlead_app;
GRANT SELECT, INSERT, UPDATE ON usage_label, attempt_rollup TO fairlead_gateway;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['usage_label', 'attempt_rollup'] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY app_org ON %s TO fairlead_app USING (org_id = current_setting(''fairlead.org_id'', true) OR current_setting(''fairlead.system'', true) = ''on'') WITH CHECK (org_id = current_setting(''fairlead.org_id'', true) OR current_setting(''fairlead.system'', true) = ''on'')', t);
    EXECUTE format('CREATE POLICY gateway_all ON %s TO fairlead_gateway USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY owner_all ON %s TO %I USING (true) WITH CHECK (true)', t, current_user);
  END LOOP;
END $$;

-- Adds a batch to both. Called in the transaction that settles it, after the settlement and only when that was done.
CREATE FUNCTION ledger.add_labels(labels usage_label[], kinds attempt_rollup[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO usage_label AS u SELECT * FROM unnest(labels)
  ON CONFLICT (org_id, dimension, bucket, value, key_id, model_id, alias, provider_id, status) DO UPDATE SET
    requests = u.requests + excluded.requests, input_tokens = u.input_tokens + excluded.input_tokens, cached_tokens = u.cached_tokens + excluded.cached_tokens,
    output_tokens = u.output_tokens + excluded.output_tokens, reasoning_tokens = u.reasoning_tokens + excluded.reasoning_tokens, cost_nano = u.cost_nano + excluded.cost_nano,
    provider_cost_nano = u.provider_cost_nano + excluded.provider_cost_nano, attempts = u.attempts + excluded.attempts, fallbacks = u.fallbacks + excluded.fallbacks,
    duration_ms = u.duration_ms + excluded.duration_ms;
  INSERT INTO attempt_rollup AS a SELECT * FROM unnest(kinds)
  ON CONFLICT (org_id, bucket, model_id, provider_id, kind) DO UPDATE SET
    attempts = a.attempts + excluded.attempts, failures = a.failures + excluded.failures, last = a.last + excluded.last,
    provider_cost_nano = a.provider_cost_nano + excluded.provider_cost_nano, duration_ms = a.duration_ms + excluded.duration_ms
$$;

-- The same for calls of one day that were written in another way than by a settlement: the sample.
CREATE FUNCTION ledger.label_calls(p_org text, p_class text, p_day date, p_ids text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, logs AS $$
DECLARE labels usage_label[]; kinds attempt_rollup[];
BEGIN
  SELECT array_agg(ROW(n.org_id, n.bucket, n.key_id, n.model_id, n.alias, n.provider_id, n.status, n.requests, n.input_tokens, n.cached_tokens, n.output_tokens,
    n.reasoning_tokens, n.cost_nano, n.provider_cost_nano, n.attempts, n.fallbacks, n.duration_ms, n.dimension, n.value)::usage_label) INTO labels
  FROM (
    SELECT r.org_id, date_bin('15 minutes', r.created_at, 'epoch') AS bucket, r.key_id, r.model_id, r.alias, r.provider_id, r.status, count(*) AS requests,
      coalesce(sum(r.input_tokens), 0)::bigint AS input_tokens, coalesce(sum(r.cached_tokens), 0)::bigint AS cached_tokens, coalesce(sum(r.output_tokens), 0)::bigint AS output_tokens,
      coalesce(sum(r.reasoning_tokens), 0)::bigint AS reasoning_tokens, sum(r.cost_nano)::bigint AS cost_nano, sum(r.provider_cost_nano)::bigint AS provider_cost_nano,
      sum(r.attempt_count)::bigint AS attempts, count(*) FILTER (WHERE r.fallback) AS fallbacks, coalesce(sum(r.duration_ms), 0)::bigint AS duration_ms, l.dimension, l.value
    FROM logs.request r CROSS JOIN LATERAL (
      SELECT 'end_user' AS dimension, r.user_tag AS value WHERE r.user_tag <> ''
      UNION ALL SELECT 'tag', CASE WHEN t.value = '' THEN t.key ELSE t.key || '=' || t.value END FROM jsonb_each_text(r.tags) t
    ) l
    WHERE r.class = p_class AND r.day = p_day AND r.org_id = p_org AND r.id = ANY (p_ids)
    GROUP BY r.org_id, 2, r.key_id, r.model_id, r.alias, r.provider_id, r.status, l.dimension, l.value
  ) n;
  SELECT array_agg(ROW(n.org_id, n.bucket, n.model_id, n.provider_id, n.reason, n.attempts, n.failures, n.last, n.cost_nano, n.duration_ms)::attempt_rollup) INTO kinds
  FROM (
    SELECT a.org_id, date_bin('15 minutes', r.created_at, 'epoch') AS bucket, a.model_id, a.provider_id, a.reason, count(*) AS attempts,
      count(*) FILTER (WHERE a.outcome NOT IN ('completed', 'truncated')) AS failures, count(*) FILTER (WHERE a.index = r.attempt_count - 1) AS last,
      sum(a.cost_nano)::bigint AS cost_nano, coalesce(sum(a.duration_ms), 0)::bigint AS duration_ms
    FROM logs.attempt a JOIN logs.request r ON r.class = a.class AND r.day = a.day AND r.id = a.request_id
    WHERE a.class = p_class AND a.day = p_day AND r.org_id = p_org AND r.id = ANY (p_ids) AND (r.attempt_count > 1 OR r.status = 'failed')
    GROUP BY a.org_id, 2, a.model_id, a.provider_id, a.reason
  ) n;
  PERFORM ledger.add_labels(coalesce(labels, '{}'), coalesce(kinds, '{}'));
END $$;

-- Takes them away again before the calls themselves go.
CREATE FUNCTION ledger.unlabel_sample(p_org text, p_keys text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, logs AS $$
BEGIN
  DELETE FROM usage_label WHERE org_id = p_org AND key_id = ANY (p_keys);
  UPDATE attempt_rollup a SET attempts = a.attempts - n.attempts, failures = a.failures - n.failures, last = a.last - n.last,
    provider_cost_nano = a.provider_cost_nano - n.cost_nano, duration_ms = a.duration_ms - n.duration_ms
  FROM (
    SELECT t.org_id, date_bin('15 minutes', r.created_at, 'epoch') AS bucket, t.model_id, t.provider_id, t.reason, count(*) AS attempts,
      count(*) FILTER (WHERE t.outcome NOT IN ('completed', 'truncated')) AS failures, count(*) FILTER (WHERE t.index = r.attempt_count - 1) AS last,
      sum(t.cost_nano)::bigint AS cost_nano, coalesce(sum(t.duration_ms), 0)::bigint AS duration_ms
    FROM logs.attempt t JOIN logs.request r ON r.class = t.class AND r.day = t.day AND r.id = t.request_id
    WHERE r.org_id = p_org AND r.sample AND r.key_id = ANY (p_keys) AND (r.attempt_count > 1 OR r.status = 'failed')
    GROUP BY t.org_id, 2, t.model_id, t.provider_id, t.reason
  ) n
  WHERE a.org_id = n.org_id AND a.bucket = n.bucket AND a.model_id = n.model_id AND a.provider_id = n.provider_id AND a.kind = n.reason;
  DELETE FROM attempt_rollup WHERE org_id = p_org AND attempts = 0;
END $$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger TO fairlead_app, fairlead_gateway;
REVOKE EXECUTE ON FUNCTION ledger.label_calls(text, text, date, text[]), ledger.unlabel_sample(text, text[]) FROM PUBLIC;
