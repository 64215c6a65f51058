-- A price that is to take over later may be withdrawn as long as its hour has not come: until then it priced no call.
-- Cards that were ever in force stay as they are; nobody else may delete one.
CREATE FUNCTION ledger.withdraw_prices(p_model text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE withdrawn int;
BEGIN
  DELETE FROM price_card WHERE model_id = p_model AND org_id IS NULL AND effective_from > clock_timestamp() + interval '1 second';
  GET DIAGNOSTICS withdrawn = ROW_COUNT;
  RETURN withdrawn;
END $$;
REVOKE ALL ON FUNCTION ledger.withdraw_prices(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.withdraw_prices(text) TO fairlead_app;
