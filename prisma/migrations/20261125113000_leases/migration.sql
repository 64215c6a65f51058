-- Escrow leases: a process leases slices of an account's headroom and admits calls from them in memory. Holds of single
-- calls leave the database; `account.held_nano` becomes the sum of live holds as the processes report them, and
-- `account.leased_nano` what they may still spend without asking.
DROP FUNCTION ledger.open_calls(jsonb, jsonb);
DROP FUNCTION ledger.close_calls(text, date, text[], jsonb, jsonb, jsonb, jsonb);
DROP FUNCTION ledger.sweep(text[]);
DROP TABLE hold;
UPDATE account SET held_nano = 0 WHERE held_nano <> 0;

ALTER TABLE account ADD COLUMN leased_nano BIGINT NOT NULL DEFAULT 0;
ALTER TABLE account ADD CONSTRAINT account_leased_not_negative CHECK (leased_nano >= 0);
ALTER TABLE heartbeat ADD COLUMN settled_batch BIGINT NOT NULL DEFAULT 0;

CREATE TABLE lease (
  process_id text NOT NULL,
  account_id text NOT NULL,
  amount_nano bigint NOT NULL CHECK (amount_nano >= 0),
  held_nano bigint NOT NULL DEFAULT 0 CHECK (held_nano >= 0),
  recalled_at timestamptz(3),
  PRIMARY KEY (process_id, account_id)
) WITH (fillfactor = 50);
CREATE INDEX lease_account_id_idx ON lease (account_id);
CREATE INDEX lease_recalled ON lease (process_id) WHERE recalled_at IS NOT NULL;
ALTER TABLE heartbeat SET (fillfactor = 50);
REVOKE ALL ON lease FROM fairlead_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON lease TO fairlead_gateway;

-- One leg of a charge. `after`: what later legs of the same batch take from the same account.
CREATE TYPE ledger.charge AS (id text, org_id text, fund text, account text, amount bigint, after bigint, request text, leg int);

-- Leases slices. asks: [{id, need, want, group, window?: {org, scopeType, scopeId, period, start, end, limit}}]; accounts
-- of one `group` are an organization's funds in order of use and share one need. `need` is what waiting calls lack, `want`
-- what the process would like to have in stock. A slice never exceeds the headroom; beyond the need it is at most half of
-- an equal share of it, so slices shrink with headroom down to single holds.
-- Where less than the need could be had, the idle slices of other processes are recalled.
-- returns null when the process lost its leases, else [{id, granted, limit, spent, elsewhere: whether others hold slices}]
CREATE FUNCTION ledger.take_slices(p_process text, asks jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  ask record; answers jsonb := '[]'; rest bigint; room bigint; stock bigint; granted bigint; last_group text; shares int; others boolean;
BEGIN
  PERFORM 1 FROM heartbeat WHERE process_id = p_process FOR KEY SHARE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  INSERT INTO account (id, org_id, scope_type, scope_id, period, window_start, window_end, limit_nano)
  SELECT x->>'id', w->>'org', w->>'scopeType', w->>'scopeId', w->>'period', (w->>'start')::timestamptz, (w->>'end')::timestamptz, (w->>'limit')::bigint
  FROM (SELECT value AS x, value->'window' AS w FROM jsonb_array_elements(asks)) a WHERE jsonb_typeof(w) = 'object' ORDER BY 1
  ON CONFLICT DO NOTHING;
  SELECT 2 * greatest(count(*), 1) INTO shares FROM heartbeat WHERE seen_at > now() - interval '45 seconds' AND role <> 'console';

  PERFORM 1 FROM account WHERE id IN (SELECT x->>'id' FROM jsonb_array_elements(asks) x) ORDER BY id FOR UPDATE;
  FOR ask IN
    SELECT a.id, a.limit_nano, a.spent_nano, a.leased_nano, x.need, x.want, x."group" AS fund_group,
      -- A fund in debt after a clawback takes from what the others could give.
      CASE WHEN a.scope_type <> 'fund' THEN 0 ELSE (
        SELECT coalesce(sum(least(f.limit_nano - f.spent_nano, 0)), 0) FROM account f
        WHERE f.org_id = a.org_id AND f.scope_type = 'fund' AND f.id <> a.id AND f.scope_id IN ('demo', 'simulated') = (a.scope_id IN ('demo', 'simulated'))
      ) END::bigint AS debt
    FROM jsonb_to_recordset(asks) AS x(n int, id text, need bigint, want bigint, "group" text) JOIN account a ON a.id = x.id ORDER BY x.n
  LOOP
    IF ask.fund_group IS NULL OR ask.fund_group IS DISTINCT FROM last_group THEN rest := ask.need; END IF;
    last_group := ask.fund_group;
    room := greatest(ask.limit_nano - ask.spent_nano - ask.leased_nano + ask.debt, 0);
    stock := CASE WHEN rest > 0 OR ask.need = 0 THEN least(ask.want, room / shares) ELSE 0 END;
    granted := least(greatest(rest, stock), room);
    others := false;
    IF granted > 0 THEN
      UPDATE account SET leased_nano = leased_nano + granted, updated_at = now() WHERE id = ask.id;
      INSERT INTO lease (process_id, account_id, amount_nano) VALUES (p_process, ask.id, granted)
      ON CONFLICT (process_id, account_id) DO UPDATE SET amount_nano = lease.amount_nano + excluded.amount_nano;
    END IF;
    IF granted < rest THEN
      UPDATE lease SET recalled_at = coalesce(recalled_at, now()) WHERE account_id = ask.id AND process_id <> p_process AND amount_nano > 0;
      others := FOUND;
    END IF;
    rest := greatest(rest - granted, 0);
    answers := answers || jsonb_build_object('id', ask.id, 'granted', granted::text, 'limit', ask.limit_nano::text, 'spent', ask.spent_nano::text, 'elsewhere', others);
  END LOOP;
  RETURN answers;
END $$;

-- Asks every process for the idle part of its slices of some accounts. Whoever lowers a limit calls it; console and
-- webhooks cannot touch leases otherwise.
CREATE FUNCTION ledger.recall(accounts text[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE lease SET recalled_at = coalesce(recalled_at, now()) WHERE account_id = ANY (accounts) AND amount_nano > 0
$$;

-- Settles a batch of one process, all or nothing and once: batches of a process are numbered, and the row that counts them
-- is the one the sweeper deletes. Money was decided in the process; here it moves.
-- accounts: what was spent, how much of the slice that used up or gives back, and the live holds left (null: counted only);
-- seen: accounts whose recall was answered. rows, attempts, bodies and sums are whole rows of their tables.
-- returns 'done', 'again' (this batch was settled before) or 'lost' (the process was swept; nothing was done)
CREATE FUNCTION ledger.settle(
  p_process text, p_batch bigint, accounts text[], spent bigint[], unleased bigint[], held bigint[], seen text[],
  charges ledger.charge[], rows logs.request[], attempts logs.attempt[], bodies logs.body[], sums usage_rollup[]
) RETURNS text LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  UPDATE heartbeat SET settled_batch = p_batch WHERE process_id = p_process AND settled_batch < p_batch;
  IF NOT FOUND THEN
    RETURN CASE WHEN EXISTS (SELECT FROM heartbeat WHERE process_id = p_process) THEN 'again' ELSE 'lost' END;
  END IF;

  -- A row that was opened earlier is completed, any other is written whole.
  INSERT INTO logs.request AS q SELECT * FROM unnest(settle.rows)
  ON CONFLICT (class, day, id) DO UPDATE SET
    finished_at = excluded.finished_at, status = excluded.status, http_status = excluded.http_status, finish_reason = excluded.finish_reason,
    alias = excluded.alias, model_id = excluded.model_id, provider_id = excluded.provider_id, input_tokens = excluded.input_tokens,
    cached_tokens = excluded.cached_tokens, cache_write_tokens = excluded.cache_write_tokens, output_tokens = excluded.output_tokens,
    reasoning_tokens = excluded.reasoning_tokens, usage_source = excluded.usage_source, usage_suspect = excluded.usage_suspect,
    cost_nano = excluded.cost_nano, provider_cost_nano = excluded.provider_cost_nano, price_card_id = excluded.price_card_id,
    cost_lines = excluded.cost_lines, fund = excluded.fund, hold_nano = excluded.hold_nano, ttft_ms = excluded.ttft_ms,
    duration_ms = excluded.duration_ms, gateway_ms = excluded.gateway_ms, timings = excluded.timings, error_code = excluded.error_code,
    error_message = excluded.error_message, error_source = excluded.error_source, attempt_count = excluded.attempt_count,
    fallback = excluded.fallback, candidates_left_out = excluded.candidates_left_out, clamped = excluded.clamped
  WHERE q.status = 'running';
  IF cardinality(attempts) > 0 THEN INSERT INTO logs.attempt SELECT * FROM unnest(attempts) ON CONFLICT DO NOTHING; END IF;
  IF cardinality(bodies) > 0 THEN INSERT INTO logs.body SELECT * FROM unnest(bodies) ON CONFLICT DO NOTHING; END IF;

  IF cardinality(accounts) > 0 THEN
    -- Accounts before leases, and in id order, like everybody: processes cannot deadlock.
    PERFORM 1 FROM account WHERE id = ANY (accounts) ORDER BY id FOR UPDATE;
    WITH input AS MATERIALIZED (
      SELECT * FROM unnest(accounts, spent, unleased, held) AS i(id, spent, unleased, held)
    ), slice AS (
      UPDATE lease SET amount_nano = lease.amount_nano - i.unleased, held_nano = i.held,
        recalled_at = CASE WHEN lease.account_id = ANY (seen) THEN NULL ELSE lease.recalled_at END
      FROM input i JOIN lease before ON before.process_id = p_process AND before.account_id = i.id
      WHERE i.held IS NOT NULL AND lease.process_id = p_process AND lease.account_id = i.id
      RETURNING i.id, i.held - before.held_nano AS more_held
    ), moved AS (
      UPDATE account SET spent_nano = account.spent_nano + i.spent, leased_nano = account.leased_nano - i.unleased,
        held_nano = account.held_nano + coalesce(s.more_held, 0), updated_at = now()
      FROM input i LEFT JOIN slice s ON s.id = i.id WHERE account.id = i.id
      RETURNING account.id, account.limit_nano - account.spent_nano AS left_over
    )
    INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg)
    SELECT c.id, c.org_id, 'charge', c.fund, c.account, 'revenue', c.amount, coalesce(m.left_over + c.after, 0), 'request', c.request, c.leg
    FROM unnest(charges) c LEFT JOIN moved m ON m.id = c.account;
  ELSIF cardinality(charges) > 0 THEN
    INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg)
    SELECT c.id, c.org_id, 'charge', c.fund, c.account, 'revenue', c.amount, 0, 'request', c.request, c.leg FROM unnest(charges) c;
  END IF;

  PERFORM ledger.add_sums(sums);
  RETURN 'done';
END $$;

-- Adds to the roll-ups. Last in its transaction: the rows of busy keys are everybody's.
CREATE FUNCTION ledger.add_sums(sums usage_rollup[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO usage_rollup AS u SELECT * FROM unnest(sums)
  ON CONFLICT (org_id, bucket, key_id, model_id, alias, provider_id, status) DO UPDATE SET
    requests = u.requests + excluded.requests, input_tokens = u.input_tokens + excluded.input_tokens, cached_tokens = u.cached_tokens + excluded.cached_tokens,
    output_tokens = u.output_tokens + excluded.output_tokens, reasoning_tokens = u.reasoning_tokens + excluded.reasoning_tokens, cost_nano = u.cost_nano + excluded.cost_nano,
    provider_cost_nano = u.provider_cost_nano + excluded.provider_cost_nano, attempts = u.attempts + excluded.attempts, fallbacks = u.fallbacks + excluded.fallbacks,
    duration_ms = u.duration_ms + excluded.duration_ms
$$;

-- Books calls whose process had lost its leases: at the operator's cost, no account is touched. Rows that the sweeper
-- declared interrupted stay so; one that was never written is written without a charge.
CREATE FUNCTION ledger.write_off(charges ledger.charge[], rows logs.request[], attempts logs.attempt[]) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  WITH fresh AS (
    INSERT INTO logs.request SELECT * FROM unnest(write_off.rows) ON CONFLICT DO NOTHING RETURNING *
  )
  INSERT INTO usage_rollup AS u (org_id, bucket, key_id, model_id, alias, provider_id, status, requests)
  SELECT org_id, date_bin('15 minutes', created_at, 'epoch'), key_id, model_id, alias, provider_id, status, count(*) FROM fresh GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
  ON CONFLICT (org_id, bucket, key_id, model_id, alias, provider_id, status) DO UPDATE SET requests = u.requests + excluded.requests;
  INSERT INTO logs.attempt SELECT * FROM unnest(attempts) ON CONFLICT DO NOTHING;
  -- A batch whose answer was lost may have settled before the sweep: what was charged is not written off as well.
  INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg)
  SELECT c.id, c.org_id, 'write_off', 'operator', 'operator/write_off', 'revenue', c.amount, 0, 'write_off', c.request, 0 FROM unnest(charges) c
  WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.source_type = 'request' AND e.source_id = c.request)
  ON CONFLICT DO NOTHING;
END $$;

-- Takes back what dead processes leased and marks their running calls. Nothing is charged: their answers were never
-- complete. From here on a late settlement of theirs is a write-off. A process that renewed meanwhile is left alone,
-- unless it is known to be `gone`.
CREATE FUNCTION ledger.sweep(p_dead text[], gone boolean) RETURNS int LANGUAGE plpgsql AS $$
DECLARE dead text[]; swept int;
BEGIN
  DELETE FROM heartbeat WHERE process_id = ANY (p_dead) AND (gone OR seen_at < now() - interval '55 seconds');
  dead := ARRAY(SELECT d FROM unnest(p_dead) d WHERE NOT EXISTS (SELECT FROM heartbeat WHERE process_id = d));

  PERFORM 1 FROM account WHERE id IN (SELECT account_id FROM lease WHERE process_id = ANY (dead)) ORDER BY id FOR UPDATE;
  WITH ended AS (
    DELETE FROM lease WHERE process_id = ANY (dead) RETURNING account_id, amount_nano, held_nano
  )
  UPDATE account a SET leased_nano = a.leased_nano - g.amount, held_nano = a.held_nano - g.held, updated_at = now()
  FROM (SELECT account_id, sum(amount_nano)::bigint AS amount, sum(held_nano)::bigint AS held FROM ended GROUP BY account_id) g WHERE a.id = g.account_id;

  WITH ended AS (
    UPDATE logs.request SET status = 'interrupted', finished_at = now(), error_code = 'internal_error', error_source = 'gateway',
      error_message = 'The gateway process ended while the call was running.'
    WHERE status = 'running' AND process_id = ANY (dead) RETURNING org_id, created_at, key_id, model_id, alias, provider_id
  ), rolled AS (
    INSERT INTO usage_rollup AS u (org_id, bucket, key_id, model_id, alias, provider_id, status, requests)
    SELECT org_id, date_bin('15 minutes', created_at, 'epoch'), key_id, model_id, alias, provider_id, 'interrupted', count(*) FROM ended GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (org_id, bucket, key_id, model_id, alias, provider_id, status) DO UPDATE SET requests = u.requests + excluded.requests
  )
  SELECT count(*) INTO swept FROM ended;
  RETURN swept;
END $$;

-- As before, and the slices of all funds are recalled: what is left may be less than what processes hold.
CREATE OR REPLACE FUNCTION ledger.claw_back(p_entry text, p_org text, p_fund text, p_amount bigint, p_kind text, p_source_type text, p_source_id text, p_memo text) RETURNS boolean
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
  PERFORM ledger.recall(ARRAY(SELECT id FROM account WHERE org_id = p_org AND scope_type = 'fund'));
  RETURN true;
END $$;

-- As before, but what processes leased is out of reach until they gave it back: it is recalled, and what it was is taken by
-- the next call for the same credit.
CREATE OR REPLACE FUNCTION ledger.expire_credit(p_entry text, p_org text, p_fund text, p_most bigint, p_source_type text, p_source_id text, p_memo text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE account_id text := p_org || '/fund/' || p_fund; room bigint; balance bigint;
BEGIN
  SELECT least(p_most, limit_nano - spent_nano - leased_nano) INTO room FROM account WHERE id = account_id FOR UPDATE;
  IF room < p_most THEN PERFORM ledger.recall(ARRAY[account_id]); END IF;
  IF room IS NULL OR room <= 0 THEN RETURN 0; END IF;
  IF EXISTS (SELECT FROM ledger_entry WHERE source_type = p_source_type AND source_id = p_source_id AND leg = 0) THEN RETURN 0; END IF;
  UPDATE account SET limit_nano = limit_nano - room, updated_at = now() WHERE id = account_id RETURNING limit_nano - spent_nano INTO balance;
  INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg, memo)
  VALUES (p_entry, p_org, 'expiry', p_fund, account_id, 'issued/expiry', room, balance, p_source_type, p_source_id, 0, p_memo);
  RETURN room;
END $$;

-- As before, and a lower limit recalls what was leased under the old one.
CREATE OR REPLACE FUNCTION ledger.limit_overage(p_org text, p_since timestamptz, p_cap bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE account_id text := p_org || '/fund/overage'; used_before bigint;
BEGIN
  IF p_cap > 0 THEN
    INSERT INTO account (id, org_id, scope_type, scope_id, period, window_start, limit_nano)
    VALUES (account_id, p_org, 'fund', 'overage', 'total', 'epoch', 0) ON CONFLICT DO NOTHING;
  END IF;
  SELECT spent_nano INTO used_before FROM account WHERE id = account_id FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF p_cap > 0 THEN
    SELECT used_before - coalesce(sum(amount_nano), 0) INTO used_before
    FROM ledger_entry WHERE org_id = p_org AND kind = 'charge' AND fund = 'overage' AND created_at >= p_since;
    UPDATE account SET limit_nano = greatest(used_before + p_cap, spent_nano), updated_at = now() WHERE id = account_id AND limit_nano <> greatest(used_before + p_cap, spent_nano);
  ELSE
    UPDATE account SET limit_nano = spent_nano, updated_at = now() WHERE id = account_id AND limit_nano <> spent_nano;
  END IF;
  IF FOUND THEN PERFORM ledger.recall(ARRAY[account_id]); END IF;
END $$;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger TO fairlead_app, fairlead_gateway;
GRANT USAGE ON TYPE ledger.charge TO fairlead_gateway;
