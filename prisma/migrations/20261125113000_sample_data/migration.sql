-- Sample data: rows marked `sample`, in a retention class of their own, paid from demo money that is granted for them and
-- taken back with them. The ledger is append-only, so taking it back is written as entries too.

-- One day of one organization's sample. `rows`, `attempts` and `bodies` hold columns of the log tables by name.
CREATE FUNCTION ledger.load_sample(p_org text, p_set text, p_day date, rows jsonb, attempts jsonb, bodies jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, logs AS $$
DECLARE account_id text := p_org || '/fund/demo'; total bigint; balance bigint; written int;
BEGIN
  PERFORM logs.ensure_partitions(ARRAY['d31'], p_day, p_day);
  IF EXISTS (SELECT FROM jsonb_array_elements(rows) r WHERE r->>'org_id' <> p_org OR r->>'class' <> 'd31' OR NOT (r->>'sample')::boolean) THEN
    RAISE EXCEPTION 'sample rows belong to one organization and are marked';
  END IF;

  INSERT INTO logs.request SELECT r.* FROM jsonb_array_elements(rows) e, jsonb_populate_record(logs.blank_request(), e) r ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written = 0 THEN RETURN 0; END IF;
  INSERT INTO logs.attempt SELECT a.* FROM jsonb_array_elements(attempts) e, jsonb_populate_record(NULL::logs.attempt, e) a ON CONFLICT DO NOTHING;
  INSERT INTO logs.body (class, day, request_id, org_id, side, content, bytes, truncated)
  SELECT 'd31', p_day, b->>'request_id', p_org, b->>'side', decode(b->>'content', 'base64'), (b->>'bytes')::int, false FROM jsonb_array_elements(bodies) b ON CONFLICT DO NOTHING;

  INSERT INTO usage_rollup (org_id, bucket, key_id, model_id, alias, provider_id, status, requests, input_tokens, cached_tokens, output_tokens, reasoning_tokens, cost_nano, provider_cost_nano, attempts, fallbacks, duration_ms)
  SELECT n.org_id, date_bin('15 minutes', n.created_at, 'epoch'), n.key_id, n.model_id, n.alias, n.provider_id, n.status, count(*), coalesce(sum(n.input_tokens), 0),
    coalesce(sum(n.cached_tokens), 0), coalesce(sum(n.output_tokens), 0), coalesce(sum(n.reasoning_tokens), 0), sum(n.cost_nano), sum(n.provider_cost_nano),
    sum(n.attempt_count), count(*) FILTER (WHERE n.fallback), coalesce(sum(n.duration_ms), 0)::bigint
  FROM logs.request n WHERE n.class = 'd31' AND n.day = p_day AND n.org_id = p_org AND n.id IN (SELECT r->>'id' FROM jsonb_array_elements(rows) r)
  GROUP BY 1, 2, 3, 4, 5, 6, 7;

  SELECT coalesce(sum((r->>'cost_nano')::bigint), 0) INTO total FROM jsonb_array_elements(rows) r;
  IF total = 0 THEN RETURN written; END IF;
  INSERT INTO account (id, org_id, scope_type, scope_id, period, window_start, limit_nano)
  VALUES (account_id, p_org, 'fund', 'demo', 'total', 'epoch', 0) ON CONFLICT DO NOTHING;
  UPDATE account SET limit_nano = limit_nano + total, spent_nano = spent_nano + total, updated_at = now() WHERE id = account_id RETURNING limit_nano - spent_nano INTO balance;
  INSERT INTO ledger_entry (id, org_id, created_at, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg, memo)
  VALUES ('ent_sample_' || p_set || '_' || p_day, p_org, p_day, 'grant', 'demo', 'issued/grant', account_id, total, balance + total, 'sample_grant', p_set || '/' || p_day, 0, 'Sample data');
  INSERT INTO ledger_entry (id, org_id, created_at, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg)
  SELECT 'ent_' || substr(r->>'id', 5), p_org, (r->>'created_at')::timestamptz, 'charge', 'demo', account_id, 'revenue', (r->>'cost_nano')::bigint,
    balance + total - sum((r->>'cost_nano')::bigint) OVER (ORDER BY r->>'id'), 'request', r->>'id', 0
  FROM jsonb_array_elements(rows) r WHERE (r->>'cost_nano')::bigint > 0;
  RETURN written;
END $$;

-- Takes a whole sample away again and gives back what it moved. Returns how many calls it removed.
CREATE FUNCTION ledger.remove_sample(p_org text, p_set text, p_keys text[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, logs AS $$
DECLARE account_id text := p_org || '/fund/demo'; total bigint; balance bigint; removed int; gone text[];
BEGIN
  SELECT coalesce(array_agg(id), '{}') INTO gone FROM logs.request WHERE class = 'd31' AND org_id = p_org AND sample AND key_id = ANY (p_keys);
  DELETE FROM logs.body WHERE class = 'd31' AND request_id = ANY (gone);
  DELETE FROM logs.attempt WHERE class = 'd31' AND request_id = ANY (gone);
  DELETE FROM logs.request WHERE class = 'd31' AND id = ANY (gone);
  GET DIAGNOSTICS removed = ROW_COUNT;
  DELETE FROM usage_rollup WHERE org_id = p_org AND key_id = ANY (p_keys);

  PERFORM 1 FROM account WHERE id = account_id FOR UPDATE;
  IF EXISTS (SELECT FROM ledger_entry WHERE source_type = 'sample_removal' AND source_id = p_set) THEN RETURN removed; END IF;
  SELECT coalesce(sum(amount_nano), 0) INTO total FROM ledger_entry WHERE org_id = p_org AND source_type = 'sample_grant' AND source_id LIKE p_set || '/%';
  IF total = 0 THEN RETURN removed; END IF;
  UPDATE account SET limit_nano = limit_nano - total, spent_nano = spent_nano - total, updated_at = now() WHERE id = account_id RETURNING limit_nano - spent_nano INTO balance;
  INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg, memo) VALUES
    ('ent_sample_' || p_set || '_charges', p_org, 'adjustment', 'demo', 'revenue', account_id, total, balance + total, 'sample_removal', p_set, 0, 'Sample data removed: its charges'),
    ('ent_sample_' || p_set || '_grants', p_org, 'adjustment', 'demo', account_id, 'issued/grant', total, balance, 'sample_removal', p_set, 1, 'Sample data removed: its credit');
  RETURN removed;
END $$;

GRANT EXECUTE ON FUNCTION ledger.load_sample(text, text, date, jsonb, jsonb, jsonb), ledger.remove_sample(text, text, text[]) TO fairlead_app;
REVOKE EXECUTE ON FUNCTION ledger.load_sample(text, text, date, jsonb, jsonb, jsonb), ledger.remove_sample(text, text, text[]) FROM PUBLIC;
