-- Batches of one process may be on their way one behind the other, executed and not yet on disk. A crash of the database can
-- then take the last of them, and one behind must not be settled as if it had come: every batch names the one before it.
DROP FUNCTION ledger.settle(text, bigint, text[], bigint[], bigint[], bigint[], text[], ledger.charge[], logs.request[], logs.attempt[], logs.body[], usage_rollup[]);

-- Settles a batch of one process, all or nothing and once: p_batch follows p_after in the row that counts them, which is the
-- one the sweeper deletes. Money was decided in the process; here it moves.
-- accounts: what was spent, how much of the slice that used up or gives back, and the live holds left (null: counted only);
-- seen: accounts whose recall was answered. fresh: rows that were never written, of calls that ended and of calls that run;
-- rows: those that may have been opened before. They, attempts, bodies, sums, labels and kinds are whole rows of their tables.
-- returns the number of the last batch that was settled: p_batch or more when this one is, less when one before it is
-- missing (nothing was done), null when the process was swept (nothing was done)
CREATE FUNCTION ledger.settle(
  p_process text, p_batch bigint, p_after bigint, accounts text[], spent bigint[], unleased bigint[], held bigint[], seen text[],
  charges ledger.charge[], fresh logs.request[], rows logs.request[], attempts logs.attempt[], bodies logs.body[], sums usage_rollup[], labels usage_label[], kinds attempt_rollup[]
) RETURNS bigint LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  UPDATE heartbeat SET settled_batch = p_batch WHERE process_id = p_process AND settled_batch = p_after;
  IF NOT FOUND THEN
    RETURN (SELECT settled_batch FROM heartbeat WHERE process_id = p_process);
  END IF;

  IF cardinality(fresh) > 0 THEN INSERT INTO logs.request SELECT * FROM unnest(fresh); END IF;
  IF cardinality(rows) > 0 THEN
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
    INSERT INTO logs.attempt SELECT * FROM unnest(attempts) ON CONFLICT DO NOTHING;
    INSERT INTO logs.body SELECT * FROM unnest(bodies) ON CONFLICT DO NOTHING;
  ELSE
    -- Looking for what cannot be there costs a fifth of these statements.
    IF cardinality(attempts) > 0 THEN INSERT INTO logs.attempt SELECT * FROM unnest(attempts); END IF;
    IF cardinality(bodies) > 0 THEN INSERT INTO logs.body SELECT * FROM unnest(bodies); END IF;
  END IF;

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

  IF cardinality(sums) > 0 THEN PERFORM ledger.add_sums(sums); END IF;
  IF cardinality(labels) > 0 OR cardinality(kinds) > 0 THEN PERFORM ledger.add_labels(labels, kinds); END IF;
  RETURN p_batch;
END $$;
REVOKE EXECUTE ON FUNCTION ledger.settle(text, bigint, bigint, text[], bigint[], bigint[], bigint[], text[], ledger.charge[], logs.request[], logs.request[], logs.attempt[], logs.body[], usage_rollup[], usage_label[], attempt_rollup[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.settle(text, bigint, bigint, text[], bigint[], bigint[], bigint[], text[], ledger.charge[], logs.request[], logs.request[], logs.attempt[], logs.body[], usage_rollup[], usage_label[], attempt_rollup[]) TO fairlead_gateway;
