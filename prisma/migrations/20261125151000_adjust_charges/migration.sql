-- Corrects what calls were charged, by new entries: the charges themselves stay as they are. Each correction is booked once
-- per source (the call and the card it was priced by anew) and leg. A negative amount is given back to the account it was
-- taken from, as credit. A positive one is taken only as far as the account has room that nobody leased; the rest is the
-- operator's, so a correction never makes a balance negative.
-- rows: [{id, org, fund, account, source, leg, amount, memo}]
-- returns {entries, refunded, charged, forgone}: entries written, and nano-USD as text
CREATE FUNCTION ledger.adjust_charges(rows jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE r record; room bigint; taken bigint; balance bigint; entries int := 0; refunded bigint := 0; charged bigint := 0; forgone bigint := 0;
BEGIN
  PERFORM 1 FROM account WHERE id IN (SELECT x->>'account' FROM jsonb_array_elements(rows) x) ORDER BY id FOR UPDATE;
  FOR r IN
    SELECT * FROM jsonb_to_recordset(rows) AS x(id text, org text, fund text, account text, source text, leg int, amount bigint, memo text) WHERE x.amount <> 0 ORDER BY x.source, x.leg
  LOOP
    CONTINUE WHEN EXISTS (SELECT FROM ledger_entry WHERE source_type IN ('rerate', 'rerate_write_off') AND source_id = r.source AND leg = r.leg);
    entries := entries + 1;
    IF r.amount < 0 THEN
      UPDATE account SET limit_nano = limit_nano - r.amount, updated_at = now() WHERE id = r.account RETURNING limit_nano - spent_nano INTO balance;
      INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg, memo)
      VALUES (r.id, r.org, 'adjustment', r.fund, 'revenue', r.account, -r.amount, coalesce(balance, 0), 'rerate', r.source, r.leg, r.memo);
      refunded := refunded - r.amount;
      CONTINUE;
    END IF;
    SELECT greatest(limit_nano - spent_nano - leased_nano, 0) INTO room FROM account WHERE id = r.account;
    -- Who pays afterwards has no account to be empty.
    taken := least(r.amount, coalesce(room, r.amount));
    IF taken > 0 THEN
      UPDATE account SET spent_nano = spent_nano + taken, updated_at = now() WHERE id = r.account RETURNING limit_nano - spent_nano INTO balance;
      INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg, memo)
      VALUES (r.id, r.org, 'adjustment', r.fund, r.account, 'revenue', taken, coalesce(balance, 0), 'rerate', r.source, r.leg, r.memo);
    END IF;
    IF taken < r.amount THEN
      INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg, memo)
      VALUES (r.id || '_o', r.org, 'write_off', 'operator', 'operator/write_off', 'revenue', r.amount - taken, 0, 'rerate_write_off', r.source, r.leg, r.memo);
    END IF;
    charged := charged + taken;
    forgone := forgone + r.amount - taken;
  END LOOP;
  RETURN jsonb_build_object('entries', entries, 'refunded', refunded::text, 'charged', charged::text, 'forgone', forgone::text);
END $$;
GRANT EXECUTE ON FUNCTION ledger.adjust_charges(jsonb) TO fairlead_app;
REVOKE EXECUTE ON FUNCTION ledger.adjust_charges(jsonb) FROM PUBLIC;
