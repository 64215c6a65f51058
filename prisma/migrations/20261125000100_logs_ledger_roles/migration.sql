-- Logs, roles with row-level security, and the ledger's functions: everything Prisma's schema language has no words for.

-- ---------------------------------------------------------------------------------------------------------------
-- 1. Roles. The login role owns the tables and runs migrations; the two below are what the processes act as.
-- ---------------------------------------------------------------------------------------------------------------
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fairlead_app') THEN CREATE ROLE fairlead_app NOLOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fairlead_gateway') THEN CREATE ROLE fairlead_gateway NOLOGIN; END IF;
  EXECUTE format('GRANT fairlead_app, fairlead_gateway TO %I', current_user);
END $$;

-- ---------------------------------------------------------------------------------------------------------------
-- 2. Logs: partitioned by retention class, then by day. Retention drops partitions, it never deletes rows.
-- ---------------------------------------------------------------------------------------------------------------
CREATE SCHEMA logs;

CREATE TABLE logs.request (
  class text NOT NULL,
  day date NOT NULL,
  id text COLLATE "C" NOT NULL,
  org_id text NOT NULL,
  process_id text NOT NULL,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  status text NOT NULL CHECK (status IN ('running', 'completed', 'truncated', 'refused', 'failed', 'interrupted')),
  http_status int,
  finish_reason text,
  surface text NOT NULL,
  stream bool NOT NULL DEFAULT false,
  key_id text NOT NULL,
  key_last4 text NOT NULL DEFAULT '',
  alias text NOT NULL DEFAULT '',
  requested_model text NOT NULL DEFAULT '',
  model_id text NOT NULL DEFAULT '',
  provider_id text NOT NULL DEFAULT '',
  user_tag text,
  session_tag text,
  tags jsonb,
  client text,
  input_tokens bigint,
  cached_tokens bigint,
  cache_write_tokens bigint,
  output_tokens bigint,
  reasoning_tokens bigint,
  usage_source text,
  usage_suspect bool NOT NULL DEFAULT false,
  cost_nano bigint NOT NULL DEFAULT 0,
  provider_cost_nano bigint NOT NULL DEFAULT 0,
  price_card_id text,
  cost_lines jsonb,
  fund text,
  hold_nano bigint,
  ttft_ms real,
  duration_ms real,
  gateway_ms real,
  timings jsonb,
  error_code text,
  error_message text,
  error_source text,
  attempt_count int NOT NULL DEFAULT 0,
  fallback bool NOT NULL DEFAULT false,
  candidates_left_out jsonb,
  clamped text,
  simulated bool NOT NULL DEFAULT false,
  sample bool NOT NULL DEFAULT false,
  PRIMARY KEY (class, day, id)
) PARTITION BY LIST (class);
CREATE INDEX request_org_id ON logs.request (org_id, id DESC);
CREATE INDEX request_running ON logs.request (process_id) WHERE status = 'running';

CREATE TABLE logs.attempt (
  class text NOT NULL,
  day date NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  index int NOT NULL,
  org_id text NOT NULL,
  started_at timestamptz NOT NULL,
  model_id text NOT NULL,
  upstream_model text NOT NULL,
  provider_id text NOT NULL,
  credential_last4 text NOT NULL DEFAULT '',
  reason text NOT NULL,
  outcome text NOT NULL,
  status int,
  provider_request_id text,
  connect_ms real,
  ttft_ms real,
  duration_ms real,
  offset_ms real,
  input_tokens bigint,
  cached_tokens bigint,
  output_tokens bigint,
  reasoning_tokens bigint,
  cost_nano bigint NOT NULL DEFAULT 0,
  error_message text,
  url text,
  PRIMARY KEY (class, day, request_id, index)
) PARTITION BY LIST (class);

CREATE TABLE logs.body (
  class text NOT NULL,
  day date NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  org_id text NOT NULL,
  side text NOT NULL CHECK (side IN ('request', 'response')),
  content bytea NOT NULL,
  bytes int NOT NULL,
  truncated bool NOT NULL DEFAULT false,
  PRIMARY KEY (class, day, request_id, side)
) PARTITION BY LIST (class);

-- Makes the partitions of some retention classes for a range of days. Cheap when they exist already.
CREATE FUNCTION logs.ensure_partitions(classes text[], from_day date, to_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, logs AS $$
DECLARE parent text; c text; d date;
BEGIN
  PERFORM pg_advisory_xact_lock(72707370);
  FOREACH parent IN ARRAY ARRAY['request', 'attempt', 'body'] LOOP
    FOREACH c IN ARRAY classes LOOP
      IF c !~ '^d[0-9]{1,5}$' THEN RAISE EXCEPTION 'not a retention class: %', c; END IF;
      IF to_regclass(format('logs.%I', parent || '_' || c)) IS NULL THEN
        EXECUTE format('CREATE TABLE logs.%I PARTITION OF logs.%I FOR VALUES IN (%L) PARTITION BY RANGE (day)', parent || '_' || c, parent, c);
      END IF;
      d := from_day;
      WHILE d <= to_day LOOP
        IF to_regclass(format('logs.%I', parent || '_' || c || '_' || to_char(d, 'YYYYMMDD'))) IS NULL THEN
          EXECUTE format('CREATE TABLE logs.%I PARTITION OF logs.%I FOR VALUES FROM (%L) TO (%L) WITH (fillfactor = 80)',
            parent || '_' || c || '_' || to_char(d, 'YYYYMMDD'), parent || '_' || c, d, d + 1);
        END IF;
        d := d + 1;
      END LOOP;
    END LOOP;
  END LOOP;
END $$;

-- Drops the day partitions that are older than their class keeps. Returns how many were dropped.
CREATE FUNCTION logs.drop_expired_partitions(today date) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, logs AS $$
DECLARE r record; dropped int := 0;
BEGIN
  SET LOCAL lock_timeout = '2s';
  FOR r IN
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'logs' AND c.relkind = 'r' AND c.relname ~ '^(request|attempt|body)_d[0-9]+_[0-9]{8}$'
  LOOP
    IF to_date(right(r.relname, 8), 'YYYYMMDD') + substring(r.relname from '_d([0-9]+)_')::int < today THEN
      EXECUTE format('DROP TABLE logs.%I', r.relname);
      dropped := dropped + 1;
    END IF;
  END LOOP;
  RETURN dropped;
END $$;

-- A request row with every default set: what a row in JSON leaves out takes its value from here.
CREATE FUNCTION logs.blank_request() RETURNS logs.request LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE base logs.request;
BEGIN
  base.stream := false; base.key_last4 := ''; base.alias := ''; base.requested_model := ''; base.model_id := ''; base.provider_id := '';
  base.usage_suspect := false; base.cost_nano := 0; base.provider_cost_nano := 0; base.attempt_count := 0; base.fallback := false; base.simulated := false; base.sample := false;
  RETURN base;
END $$;

-- ---------------------------------------------------------------------------------------------------------------
-- 3. Row-level security. `fairlead.org_id` opens one organization, `fairlead.system` opens all (sign-in, operator,
--    webhooks, configuration); both are set per transaction by lib/store only.
-- ---------------------------------------------------------------------------------------------------------------
GRANT USAGE ON SCHEMA public, logs TO fairlead_app, fairlead_gateway;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO fairlead_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO fairlead_gateway;
REVOKE UPDATE, DELETE ON ledger_entry, audit_entry, price_card FROM fairlead_app;
GRANT SELECT ON logs.request, logs.attempt, logs.body TO fairlead_app;
GRANT SELECT, INSERT, UPDATE ON logs.request TO fairlead_gateway;
GRANT SELECT, INSERT ON logs.attempt, logs.body TO fairlead_gateway;
GRANT INSERT, UPDATE ON account, hold, usage_rollup, heartbeat TO fairlead_gateway;
GRANT DELETE ON heartbeat, hold TO fairlead_gateway;
GRANT INSERT ON ledger_entry TO fairlead_gateway;
GRANT UPDATE (last_used_at, last_used_client) ON api_key TO fairlead_gateway;


DO $$
DECLARE t text; org_column text;
BEGIN
  FOREACH t IN ARRAY ARRAY['public.organization', 'public.membership', 'public.api_key', 'public.account', 'public.ledger_entry', 'public.hold',
    'public.usage_rollup', 'public.subscription', 'public.checkout_intent', 'public.audit_entry', 'logs.request', 'logs.attempt', 'logs.body'] LOOP
    org_column := CASE WHEN t = 'public.organization' THEN 'id' ELSE 'org_id' END;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY app_org ON %s TO fairlead_app USING (%s = current_setting(''fairlead.org_id'', true) OR current_setting(''fairlead.system'', true) = ''on'') WITH CHECK (%s = current_setting(''fairlead.org_id'', true) OR current_setting(''fairlead.system'', true) = ''on'')', t, org_column, org_column);
    EXECUTE format('CREATE POLICY gateway_all ON %s TO fairlead_gateway USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY owner_all ON %s TO %I USING (true) WITH CHECK (true)', t, current_user);
  END LOOP;
END $$;

CREATE FUNCTION public.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

ALTER TABLE account ADD CONSTRAINT account_held_not_negative CHECK (held_nano >= 0);
ALTER TABLE account ADD CONSTRAINT account_spent_not_negative CHECK (spent_nano >= 0);
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_amount_positive CHECK (amount_nano > 0);
ALTER TABLE account SET (fillfactor = 50);
ALTER TABLE usage_rollup SET (fillfactor = 70);

INSERT INTO version (name, value) VALUES ('policy', 1), ('keys', 1) ON CONFLICT DO NOTHING;

-- ---------------------------------------------------------------------------------------------------------------
-- 4. The ledger's functions. Each takes a batch (group commit) and is the only code that moves spent_nano or held_nano.
--    Account rows are always locked in id order, so batches of several processes cannot deadlock.
-- ---------------------------------------------------------------------------------------------------------------
CREATE SCHEMA ledger;
GRANT USAGE ON SCHEMA ledger TO fairlead_app, fairlead_gateway;

-- Opens calls: sets money aside where a dollar limit applies, and writes request rows that are due before their call ends.
-- holds: [{id, org, process, row, windows: [{id, scopeType, scopeId, period, start, end, limit}], funds: [account id …] | null,
--         ceilings: [nano …]}]; a window that this process has seen before carries its id only.
-- rows:  [{logs.request…}], nulls and defaults left out; rows of refused holds are not written.
-- Each hold tries its ceilings in order and takes the first that fits every window and, where `funds` is given, the funds.
-- Account rows are read and written once per batch; in between the batch is decided in order, in memory.
-- returns: [{id, ok, taken: index of the ceiling, reason: null|'empty'|'held', account}], one per hold
CREATE FUNCTION ledger.open_calls(holds jsonb, rows jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  ids text[]; scopes text[]; limits bigint[]; spent bigint[]; held bigint[]; before bigint[];
  h jsonb; w jsonb; fund text; want bigint; taken int; fits boolean; why text; culprit text; lines jsonb; rest bigint; part bigint; i int; at int;
  available bigint; unspent bigint;
  kept_id text[] := '{}'; kept_org text[] := '{}'; kept_process text[] := '{}'; kept_want bigint[] := '{}'; kept_lines jsonb[] := '{}'; kept_row jsonb[] := '{}';
  refused text[] := '{}'; verdicts jsonb[] := '{}';
BEGIN
  IF jsonb_array_length(holds) > 0 THEN
    INSERT INTO account (id, org_id, scope_type, scope_id, period, window_start, window_end, limit_nano)
    SELECT DISTINCT ON (x->>'id') x->>'id', c->>'org', x->>'scopeType', x->>'scopeId', x->>'period', (x->>'start')::timestamptz, (x->>'end')::timestamptz, (x->>'limit')::bigint
    FROM jsonb_array_elements(holds) c, jsonb_array_elements(c->'windows') x WHERE x ? 'start'
    ORDER BY x->>'id'
    ON CONFLICT DO NOTHING;

    SELECT array_agg(a.id), array_agg(a.scope_id), array_agg(a.limit_nano), array_agg(a.spent_nano), array_agg(a.held_nano) INTO ids, scopes, limits, spent, held
    FROM (
      SELECT * FROM account WHERE account.id IN (
        SELECT x->>'id' FROM jsonb_array_elements(holds) c, jsonb_array_elements(c->'windows') x
        UNION SELECT f FROM jsonb_array_elements(holds) c, jsonb_array_elements_text(c->'funds') f WHERE jsonb_typeof(c->'funds') = 'array'
      ) ORDER BY account.id FOR UPDATE
    ) a;
    before := held;

    FOR h IN SELECT value FROM jsonb_array_elements(holds) LOOP
      FOR taken IN 0 .. jsonb_array_length(h->'ceilings') - 1 LOOP
        want := (h->'ceilings'->>taken)::bigint; fits := true; why := null; culprit := null;
        FOR w IN SELECT value FROM jsonb_array_elements(h->'windows') LOOP
          at := array_position(ids, w->>'id');
          IF at IS NULL THEN RAISE EXCEPTION 'no account %', w->>'id'; END IF;
          IF limits[at] = 0 OR spent[at] + held[at] + want > limits[at] THEN
            fits := false; culprit := ids[at];
            why := CASE WHEN limits[at] = 0 OR spent[at] + want > limits[at] THEN 'empty' ELSE 'held' END;
            EXIT;
          END IF;
        END LOOP;
        IF fits AND jsonb_typeof(h->'funds') = 'array' THEN
          available := 0; unspent := 0;
          FOR fund IN SELECT jsonb_array_elements_text(h->'funds') LOOP
            at := array_position(ids, fund);
            CONTINUE WHEN at IS NULL;
            available := available + greatest(limits[at] - spent[at] - held[at], 0);
            unspent := unspent + limits[at] - spent[at];
          END LOOP;
          IF available < want OR unspent <= 0 THEN
            fits := false; why := CASE WHEN unspent < want OR unspent <= 0 THEN 'empty' ELSE 'held' END;
          END IF;
        END IF;
        IF fits THEN
          lines := '[]';
          FOR w IN SELECT value FROM jsonb_array_elements(h->'windows') LOOP
            at := array_position(ids, w->>'id');
            held[at] := held[at] + want;
            lines := lines || jsonb_build_object('account', ids[at], 'amount', want);
          END LOOP;
          IF jsonb_typeof(h->'funds') = 'array' THEN
            rest := want;
            FOR fund IN SELECT jsonb_array_elements_text(h->'funds') LOOP
              at := array_position(ids, fund);
              CONTINUE WHEN at IS NULL;
              part := least(rest, greatest(limits[at] - spent[at] - held[at], 0));
              CONTINUE WHEN part = 0;
              held[at] := held[at] + part; rest := rest - part;
              lines := lines || jsonb_build_object('account', fund, 'fund', scopes[at], 'amount', part);
            END LOOP;
          END IF;
          kept_id := kept_id || (h->>'id'); kept_org := kept_org || (h->>'org'); kept_process := kept_process || (h->>'process');
          kept_want := kept_want || want; kept_lines := kept_lines || lines; kept_row := kept_row || (h->'row');
          verdicts := verdicts || jsonb_build_object('id', h->'id', 'ok', true, 'taken', taken);
          EXIT;
        END IF;
      END LOOP;
      IF NOT fits THEN
        refused := refused || (h->>'id');
        verdicts := verdicts || jsonb_build_object('id', h->'id', 'ok', false, 'reason', why, 'account', culprit);
      END IF;
    END LOOP;

    FOR i IN 1 .. coalesce(cardinality(ids), 0) LOOP
      IF held[i] <> before[i] THEN UPDATE account SET held_nano = held[i], updated_at = now() WHERE account.id = ids[i]; END IF;
    END LOOP;
    INSERT INTO public.hold (request_id, org_id, process_id, ceiling_nano, lines, row) SELECT * FROM unnest(kept_id, kept_org, kept_process, kept_want, kept_lines, kept_row);
  END IF;

  IF jsonb_array_length(rows) > 0 THEN
    INSERT INTO logs.request SELECT r.* FROM jsonb_populate_recordset(logs.blank_request(), rows) r WHERE NOT r.id = ANY (refused);
  END IF;
  RETURN to_jsonb(verdicts);
END $$;

-- Closes calls of one log partition (named apart, so that the others are not even opened): settles holds, books charges, completes request rows, adds attempts, bodies and roll-ups; every step
-- handles the whole batch. A call whose row is no longer running was closed before (a repeated batch) and is skipped
-- whole; one that the sweeper already declared interrupted is booked as a write-off and touches no account.
-- opened: ids whose row may be there already; calls: [{id, org, entry, charge, extra?, windows?, funds?}]; rows, attempts: [{logs.…}], nulls and defaults left out; bodies: [{…, content: base64}]
-- A call whose row is not there (never opened, or lost with a crash of the database) is inserted whole; one whose hold was
-- lost is charged like an extra.
-- `extra` is what a provider's count costs beyond the hold: it is charged as far as every limit still has room, the rest
-- is not, and the row is corrected. returns: [{id, taken}] for calls with an extra.
CREATE FUNCTION ledger.close_calls(log_class text, log_day date, opened text[], calls jsonb, rows jsonb, attempts jsonb, bodies jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  base logs.request; attempt_base logs.attempt; closed text[]; holding text[]; extras jsonb := '[]';
  call jsonb; wanted bigint; room bigint; taken bigint; rest bigint; part bigint; next_leg int; fund text; scope text; balance bigint; windows text[];
BEGIN
  base := logs.blank_request();
  IF cardinality(opened) > 0 THEN
    WITH input AS (
      SELECT * FROM jsonb_populate_recordset(base, rows) r WHERE r.id = ANY (opened)
    ), done AS (
      UPDATE logs.request q SET
        finished_at = n.finished_at, status = n.status, http_status = n.http_status, finish_reason = n.finish_reason, model_id = n.model_id,
      provider_id = n.provider_id, input_tokens = n.input_tokens, cached_tokens = n.cached_tokens, cache_write_tokens = n.cache_write_tokens,
      output_tokens = n.output_tokens, reasoning_tokens = n.reasoning_tokens, usage_source = n.usage_source, usage_suspect = n.usage_suspect,
      cost_nano = n.cost_nano, provider_cost_nano = n.provider_cost_nano, price_card_id = n.price_card_id, cost_lines = n.cost_lines, fund = n.fund,
      hold_nano = n.hold_nano, ttft_ms = n.ttft_ms, duration_ms = n.duration_ms, gateway_ms = n.gateway_ms, timings = n.timings, error_code = n.error_code,
      error_message = n.error_message, error_source = n.error_source, attempt_count = n.attempt_count, fallback = n.fallback,
      candidates_left_out = n.candidates_left_out, clamped = n.clamped
      -- The ids are named once more as an array: a plan made while the partition was empty would join by reading all of it.
      FROM input n WHERE q.class = log_class AND q.day = log_day AND q.id = ANY (opened) AND q.id = n.id AND q.status = 'running'
      RETURNING q.id
    )
    SELECT array_agg(id) INTO closed FROM done;
  END IF;
  closed := coalesce(closed, '{}');

  WITH input AS MATERIALIZED (
    SELECT * FROM jsonb_populate_recordset(base, rows)
  ), fresh AS (
    INSERT INTO logs.request SELECT n.* FROM input n WHERE NOT n.id = ANY (closed) ON CONFLICT DO NOTHING RETURNING id
  ), ended AS (
    SELECT unnest(closed) AS id UNION ALL SELECT id FROM fresh
  ), rolled AS (
    INSERT INTO usage_rollup (org_id, bucket, key_id, model_id, alias, provider_id, status, requests, input_tokens, cached_tokens, output_tokens, reasoning_tokens, cost_nano, provider_cost_nano, attempts, fallbacks, duration_ms)
    SELECT n.org_id, date_bin('15 minutes', n.created_at, 'epoch'), n.key_id, n.model_id, n.alias, n.provider_id, n.status, count(*), coalesce(sum(n.input_tokens), 0),
      coalesce(sum(n.cached_tokens), 0), coalesce(sum(n.output_tokens), 0), coalesce(sum(n.reasoning_tokens), 0), sum(n.cost_nano), sum(n.provider_cost_nano),
      sum(n.attempt_count), count(*) FILTER (WHERE n.fallback), coalesce(sum(n.duration_ms), 0)::bigint
    FROM input n JOIN ended USING (id)
    GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (org_id, bucket, key_id, model_id, alias, provider_id, status) DO UPDATE SET
      requests = usage_rollup.requests + excluded.requests, input_tokens = usage_rollup.input_tokens + excluded.input_tokens,
      cached_tokens = usage_rollup.cached_tokens + excluded.cached_tokens, output_tokens = usage_rollup.output_tokens + excluded.output_tokens,
      reasoning_tokens = usage_rollup.reasoning_tokens + excluded.reasoning_tokens, cost_nano = usage_rollup.cost_nano + excluded.cost_nano,
      provider_cost_nano = usage_rollup.provider_cost_nano + excluded.provider_cost_nano, attempts = usage_rollup.attempts + excluded.attempts,
      fallbacks = usage_rollup.fallbacks + excluded.fallbacks, duration_ms = usage_rollup.duration_ms + excluded.duration_ms
  )
  SELECT coalesce(array_agg(id), '{}') INTO closed FROM ended;

  SELECT coalesce(array_agg(request_id), '{}') INTO holding FROM public.hold WHERE request_id = ANY (closed);
  IF cardinality(holding) > 0 THEN
    PERFORM 1 FROM account WHERE account.id IN (
      SELECT l->>'account' FROM public.hold x, jsonb_array_elements(x.lines) l WHERE x.request_id = ANY (holding)
    ) ORDER BY account.id FOR UPDATE;

    WITH gone AS (
      DELETE FROM public.hold WHERE request_id = ANY (holding) RETURNING request_id, lines
    ), line AS (
      -- What each line of a hold gives: a window the whole charge, a fund what the funds before it could not cover.
      SELECT g.request_id, c->>'org' AS org_id, c->>'entry' AS entry, l->>'account' AS account_id, l->>'fund' AS fund, (l->>'amount')::bigint AS amount, (c->>'charge')::bigint AS charge, n,
        sum(CASE WHEN l ? 'fund' THEN (l->>'amount')::bigint ELSE 0 END) OVER (PARTITION BY g.request_id ORDER BY n) - CASE WHEN l ? 'fund' THEN (l->>'amount')::bigint ELSE 0 END AS covered
      FROM gone g JOIN jsonb_array_elements(calls) c ON c->>'id' = g.request_id, jsonb_array_elements(g.lines) WITH ORDINALITY x(l, n)
    ), drawn AS (
      SELECT *, CASE WHEN fund IS NULL THEN charge ELSE greatest(least(amount, charge - covered), 0) END::bigint AS part FROM line
    ), moved AS (
      UPDATE account SET held_nano = held_nano - d.amount, spent_nano = spent_nano + d.part, updated_at = now()
      FROM (SELECT account_id, sum(amount)::bigint AS amount, sum(part)::bigint AS part FROM drawn GROUP BY account_id) d
      WHERE account.id = d.account_id
      RETURNING account.id, limit_nano - spent_nano AS left_over
    ), leg AS (
      SELECT d.*, row_number() OVER (PARTITION BY d.request_id ORDER BY d.n) - 1 AS leg,
        m.left_over + sum(d.part) OVER (PARTITION BY d.account_id) - sum(d.part) OVER (PARTITION BY d.account_id ORDER BY d.request_id, d.n) AS balance
      FROM drawn d JOIN moved m ON m.id = d.account_id WHERE d.fund IS NOT NULL AND d.part > 0
    )
    INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg)
    SELECT entry || CASE WHEN leg = 0 THEN '' ELSE '.' || leg END, org_id, 'charge', fund, account_id, 'revenue', part, balance, 'request', request_id, leg FROM leg;

    UPDATE logs.request q SET fund = e.fund FROM ledger_entry e
    -- Compared in the ledger's collation: in the log's, its index on sources could not be used.
    WHERE e.source_type = 'request' AND e.source_id = ANY (holding) AND e.leg = 0 AND q.class = log_class AND q.day = log_day AND q.id = ANY (holding) AND q.id = e.source_id COLLATE "C";
  END IF;

  FOR call IN
    SELECT c FROM jsonb_array_elements(calls) c
    WHERE c->>'id' = ANY (closed) AND CASE WHEN c->>'id' = ANY (holding) THEN c ? 'extra' ELSE c ? 'windows' AND (c->>'charge')::bigint > 0 END
  LOOP
    wanted := coalesce((call->>'extra')::bigint, 0) + CASE WHEN call->>'id' = ANY (holding) THEN 0 ELSE (call->>'charge')::bigint END;
    windows := ARRAY(SELECT jsonb_array_elements_text(call->'windows'));
    SELECT least(wanted, min(limit_nano - spent_nano - held_nano)) INTO room FROM account WHERE account.id = ANY (windows);
    room := coalesce(room, wanted);
    IF jsonb_typeof(call->'funds') = 'array' THEN
      SELECT least(room, coalesce(sum(greatest(limit_nano - spent_nano - held_nano, 0)), 0)) INTO room FROM (
        SELECT * FROM account WHERE account.id IN (SELECT jsonb_array_elements_text(call->'funds')) ORDER BY account.id FOR UPDATE
      ) f;
    END IF;
    taken := greatest(room, 0);
    UPDATE account SET spent_nano = spent_nano + taken, updated_at = now() WHERE account.id = ANY (windows);
    rest := taken;
    SELECT coalesce(max(leg) + 1, 0) INTO next_leg FROM ledger_entry WHERE source_type = 'request' AND source_id = call->>'id';
    IF jsonb_typeof(call->'funds') = 'array' THEN
      FOR fund IN SELECT jsonb_array_elements_text(call->'funds') LOOP
        SELECT least(rest, greatest(limit_nano - spent_nano - held_nano, 0)) INTO part FROM account WHERE account.id = fund;
        CONTINUE WHEN part IS NULL OR part = 0;
        UPDATE account SET spent_nano = spent_nano + part, updated_at = now() WHERE account.id = fund RETURNING scope_id, limit_nano - spent_nano INTO scope, balance;
        INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg)
        VALUES ((call->>'entry') || '.' || next_leg, call->>'org', 'charge', scope, fund, 'revenue', part, balance, 'request', call->>'id', next_leg);
        next_leg := next_leg + 1; rest := rest - part;
      END LOOP;
    ELSIF taken > 0 THEN
      INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg)
      VALUES ((call->>'entry') || '.' || next_leg || 'x', call->>'org', 'charge', 'postpaid', (call->>'org') || '/postpaid', 'revenue', taken, 0, 'request', call->>'id', next_leg + 1);
    END IF;
    IF taken < wanted THEN
      UPDATE logs.request q SET cost_nano = q.cost_nano - (wanted - taken) WHERE q.class = log_class AND q.day = log_day AND q.id = call->>'id';
      UPDATE usage_rollup u SET cost_nano = u.cost_nano - (wanted - taken) FROM jsonb_populate_recordset(base, rows) n
      WHERE n.id = call->>'id' AND u.org_id = n.org_id AND u.bucket = date_bin('15 minutes', n.created_at, 'epoch') AND u.key_id = n.key_id AND u.model_id = n.model_id
        AND u.alias = n.alias AND u.provider_id = n.provider_id AND u.status = n.status;
    END IF;
    extras := extras || jsonb_build_object('id', call->'id', 'taken', taken::text);
  END LOOP;

  -- What no fund paid is owed: plans without a balance check.
  INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg)
  SELECT c->>'entry', c->>'org', 'charge', 'postpaid', (c->>'org') || '/postpaid', 'revenue', (c->>'charge')::bigint, 0, 'request', c->>'id', 0
  FROM jsonb_array_elements(calls) c
  WHERE (c->>'charge')::bigint > 0 AND c->>'id' = ANY (closed)
    AND CASE WHEN c->>'id' = ANY (holding) THEN jsonb_typeof(c->'funds') IS DISTINCT FROM 'array' ELSE NOT c ? 'windows' END;

  IF cardinality(closed) < jsonb_array_length(calls) THEN
    INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg)
    SELECT c->>'entry', c->>'org', 'write_off', 'operator', 'operator/write_off', 'revenue', (c->>'charge')::bigint, 0, 'write_off', c->>'id', 0
    FROM jsonb_array_elements(calls) c JOIN logs.request q ON q.class = log_class AND q.day = log_day AND q.id = c->>'id' AND q.status = 'interrupted'
    WHERE (c->>'charge')::bigint > 0 AND NOT q.id = ANY (closed)
    ON CONFLICT DO NOTHING;
  END IF;

  attempt_base.credential_last4 := ''; attempt_base.cost_nano := 0;
  INSERT INTO logs.attempt SELECT * FROM jsonb_populate_recordset(attempt_base, attempts) a WHERE a.request_id = ANY (closed) ON CONFLICT DO NOTHING;

  INSERT INTO logs.body (class, day, request_id, org_id, side, content, bytes, truncated)
  SELECT b->>'class', (b->>'day')::date, b->>'request_id', b->>'org_id', b->>'side', decode(b->>'content', 'base64'), (b->>'bytes')::int, (b->>'truncated')::boolean
  FROM jsonb_array_elements(bodies) b WHERE b->>'request_id' = ANY (closed)
  ON CONFLICT DO NOTHING;

  RETURN extras;
END $$;

-- Gives back what dead processes held and marks their running calls. Nothing is charged: their answers were never complete.
CREATE FUNCTION ledger.sweep(dead text[]) RETURNS int LANGUAGE plpgsql AS $$
DECLARE swept text[]; line record;
BEGIN
  INSERT INTO logs.request SELECT r.* FROM public.hold h, jsonb_populate_record(logs.blank_request(), h.row) r WHERE h.process_id = ANY (dead) ON CONFLICT DO NOTHING;

  WITH gone AS (
    UPDATE logs.request SET status = 'interrupted', finished_at = now(), error_code = 'internal_error', error_source = 'gateway',
      error_message = 'The gateway process ended while the call was running.'
    WHERE status = 'running' AND process_id = ANY (dead) RETURNING id, org_id, created_at, key_id, model_id, alias, provider_id
  ), rolled AS (
    INSERT INTO usage_rollup (org_id, bucket, key_id, model_id, alias, provider_id, status, requests)
    SELECT org_id, date_bin('15 minutes', created_at, 'epoch'), key_id, model_id, alias, provider_id, 'interrupted', count(*) FROM gone GROUP BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (org_id, bucket, key_id, model_id, alias, provider_id, status) DO UPDATE SET requests = usage_rollup.requests + excluded.requests
  )
  SELECT coalesce(array_agg(id), '{}') INTO swept FROM gone;

  PERFORM 1 FROM account WHERE account.id IN (
    SELECT l->>'account' FROM public.hold h, jsonb_array_elements(h.lines) l WHERE h.process_id = ANY (dead)
  ) ORDER BY account.id FOR UPDATE;
  FOR line IN
    SELECT l->>'account' AS account, sum((l->>'amount')::bigint) AS amount FROM public.hold h, jsonb_array_elements(h.lines) l
    WHERE h.process_id = ANY (dead) GROUP BY 1
  LOOP
    UPDATE account SET held_nano = held_nano - line.amount, updated_at = now() WHERE account.id = line.account;
  END LOOP;
  DELETE FROM public.hold WHERE process_id = ANY (dead);
  RETURN cardinality(swept);
END $$;

-- Adds credit to a fund, once per source. Returns false when the source was booked before.
CREATE FUNCTION ledger.grant_credit(p_entry text, p_org text, p_fund text, p_amount bigint, p_kind text, p_source_type text, p_source_id text, p_memo text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE account_id text := p_org || '/fund/' || p_fund; balance bigint;
BEGIN
  IF p_amount <= 0 THEN RAISE EXCEPTION 'a grant must be positive'; END IF;
  INSERT INTO account (id, org_id, scope_type, scope_id, period, window_start, limit_nano)
  VALUES (account_id, p_org, 'fund', p_fund, 'total', 'epoch', 0) ON CONFLICT DO NOTHING;
  PERFORM 1 FROM account WHERE id = account_id FOR UPDATE;
  IF EXISTS (SELECT FROM ledger_entry WHERE source_type = p_source_type AND source_id = p_source_id AND leg = 0) THEN RETURN false; END IF;
  UPDATE account SET limit_nano = limit_nano + p_amount, updated_at = now() WHERE id = account_id RETURNING limit_nano - spent_nano INTO balance;
  INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg, memo)
  VALUES (p_entry, p_org, p_kind, p_fund, 'issued/' || p_kind, account_id, p_amount, balance, p_source_type, p_source_id, 0, p_memo)
  ON CONFLICT (source_type, source_id, leg) DO NOTHING;
  IF NOT FOUND THEN RAISE EXCEPTION 'source % % was booked by another transaction', p_source_type, p_source_id USING ERRCODE = 'unique_violation'; END IF;
  RETURN true;
END $$;

-- Takes credit back (refund, dispute), once per source. Only this may make a balance negative.
CREATE FUNCTION ledger.claw_back(p_entry text, p_org text, p_fund text, p_amount bigint, p_kind text, p_source_type text, p_source_id text, p_memo text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE account_id text := p_org || '/fund/' || p_fund; balance bigint;
BEGIN
  IF p_amount <= 0 THEN RAISE EXCEPTION 'a clawback must be positive'; END IF;
  INSERT INTO account (id, org_id, scope_type, scope_id, period, window_start, limit_nano)
  VALUES (account_id, p_org, 'fund', p_fund, 'total', 'epoch', 0) ON CONFLICT DO NOTHING;
  PERFORM 1 FROM account WHERE id = account_id FOR UPDATE;
  IF EXISTS (SELECT FROM ledger_entry WHERE source_type = p_source_type AND source_id = p_source_id AND leg = 0) THEN RETURN false; END IF;
  UPDATE account SET limit_nano = limit_nano - p_amount, updated_at = now() WHERE id = account_id RETURNING limit_nano - spent_nano INTO balance;
  INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg, memo)
  VALUES (p_entry, p_org, p_kind, p_fund, account_id, 'issued/' || p_kind, p_amount, balance, p_source_type, p_source_id, 0, p_memo)
  ON CONFLICT (source_type, source_id, leg) DO NOTHING;
  IF NOT FOUND THEN RAISE EXCEPTION 'source % % was booked by another transaction', p_source_type, p_source_id USING ERRCODE = 'unique_violation'; END IF;
  RETURN true;
END $$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger TO fairlead_app, fairlead_gateway;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA logs TO fairlead_app, fairlead_gateway;
REVOKE EXECUTE ON FUNCTION logs.drop_expired_partitions(date), logs.ensure_partitions(text[], date, date) FROM PUBLIC;
