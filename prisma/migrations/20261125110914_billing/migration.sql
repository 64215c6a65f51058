-- AlterTable
ALTER TABLE "plan" ADD COLUMN     "overage_limit_nano" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "trial_credit_nano" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "trial_days" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "stripe_event" ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'webhook';

-- AlterTable
ALTER TABLE "subscription" ADD COLUMN     "ended_at" TIMESTAMPTZ(3),
ADD COLUMN     "held_plan_id" TEXT,
ADD COLUMN     "held_until" TIMESTAMPTZ(3),
ADD COLUMN     "metered_item_id" TEXT,
ADD COLUMN     "trial_end" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "stripe_meter" (
    "simulated" BOOLEAN NOT NULL,
    "meter_id" TEXT NOT NULL,
    "price_id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stripe_meter_pkey" PRIMARY KEY ("simulated")
);

-- CreateTable
CREATE TABLE "billing_account" (
    "org_id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'none',
    "state_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "grace_until" TIMESTAMPTZ(3),
    "open_disputes" INTEGER NOT NULL DEFAULT 0,
    "pay_url" TEXT,
    "synced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "billing_account_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "billing_alert" (
    "id" TEXT NOT NULL,
    "org_id" TEXT,
    "kind" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "billing_alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stripe_payment" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "charge_id" TEXT,
    "purpose" TEXT NOT NULL,
    "amount_cents" INTEGER NOT NULL,
    "credit_nano" BIGINT NOT NULL DEFAULT 0,
    "fund" TEXT NOT NULL,
    "refunded_cents" INTEGER NOT NULL DEFAULT 0,
    "disputed" BOOLEAN NOT NULL DEFAULT false,
    "receipt_url" TEXT,
    "simulated" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stripe_payment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meter_outbox" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "micro_usd" BIGINT NOT NULL,
    "identifier" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "simulated" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "first_try_at" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "meter_outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meter_item" (
    "entry_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "outbox_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "meter_item_pkey" PRIMARY KEY ("entry_id")
);

-- CreateTable
CREATE TABLE "meter_carry" (
    "org_id" TEXT NOT NULL,
    "period_start" TIMESTAMPTZ(0) NOT NULL,
    "remainder_nano" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "meter_carry_pkey" PRIMARY KEY ("org_id","period_start")
);

-- CreateTable
CREATE TABLE "meter_reconciliation" (
    "org_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "ledger_micro" BIGINT NOT NULL,
    "outbox_micro" BIGINT NOT NULL,
    "stripe_micro" BIGINT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "meter_reconciliation_pkey" PRIMARY KEY ("org_id","day")
);

-- CreateTable
CREATE TABLE "auto_recharge" (
    "org_id" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "threshold_nano" BIGINT NOT NULL,
    "amount_nano" BIGINT NOT NULL,
    "monthly_cap_nano" BIGINT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "retry_at" TIMESTAMPTZ(3),
    "paused_reason" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "auto_recharge_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "recharge_attempt" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "amount_nano" BIGINT NOT NULL,
    "payment_intent_id" TEXT,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "recharge_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_grant" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "fund" TEXT NOT NULL,
    "amount_nano" BIGINT NOT NULL,
    "expired_nano" BIGINT NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "source_type" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "redemption_code" (
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "amount_nano" BIGINT NOT NULL,
    "max_uses" INTEGER NOT NULL DEFAULT 1,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "credit_days" INTEGER,
    "expires_at" TIMESTAMPTZ(3),
    "note" TEXT NOT NULL DEFAULT '',
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "redemption_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "redemption" (
    "code_id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "redemption_pkey" PRIMARY KEY ("code_id","org_id")
);

-- CreateIndex
CREATE INDEX "billing_alert_created_at_idx" ON "billing_alert"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "billing_alert_kind_target_id_key" ON "billing_alert"("kind", "target_id");

-- CreateIndex
CREATE INDEX "stripe_payment_org_id_created_at_idx" ON "stripe_payment"("org_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "meter_outbox_identifier_key" ON "meter_outbox"("identifier");

-- CreateIndex
CREATE INDEX "meter_outbox_status_next_at_idx" ON "meter_outbox"("status", "next_at");

-- CreateIndex
CREATE INDEX "meter_outbox_org_id_minute_idx" ON "meter_outbox"("org_id", "minute");

-- CreateIndex
CREATE UNIQUE INDEX "meter_outbox_customer_id_minute_key" ON "meter_outbox"("customer_id", "minute");

-- CreateIndex
CREATE INDEX "meter_item_outbox_id_idx" ON "meter_item"("outbox_id");

-- CreateIndex
CREATE UNIQUE INDEX "recharge_attempt_payment_intent_id_key" ON "recharge_attempt"("payment_intent_id");

-- CreateIndex
CREATE UNIQUE INDEX "recharge_attempt_org_id_cycle_key" ON "recharge_attempt"("org_id", "cycle");

-- CreateIndex
CREATE INDEX "credit_grant_expires_at_idx" ON "credit_grant"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "credit_grant_source_type_source_id_key" ON "credit_grant"("source_type", "source_id");

-- CreateIndex
CREATE UNIQUE INDEX "redemption_code_hash_key" ON "redemption_code"("hash");

-- CreateIndex
CREATE INDEX "stripe_event_received_at_idx" ON "stripe_event"("received_at");

-- CreateIndex
CREATE INDEX "stripe_event_customer_id_idx" ON "stripe_event"("customer_id");



-- CreateTable
CREATE TABLE "trial_claim" (
    "claim" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trial_claim_pkey" PRIMARY KEY ("claim")
);

-- ---------------------------------------------------------------------------------------------------------------
-- What Prisma has no words for.
-- ---------------------------------------------------------------------------------------------------------------
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['billing_account', 'billing_alert', 'stripe_payment', 'meter_outbox', 'meter_item', 'meter_carry', 'meter_reconciliation',
    'auto_recharge', 'recharge_attempt', 'credit_grant', 'redemption', 'trial_claim'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY app_org ON %I TO fairlead_app USING (org_id = current_setting(''fairlead.org_id'', true) OR current_setting(''fairlead.system'', true) = ''on'') WITH CHECK (org_id = current_setting(''fairlead.org_id'', true) OR current_setting(''fairlead.system'', true) = ''on'')', t);
    EXECUTE format('CREATE POLICY gateway_all ON %I TO fairlead_gateway USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY owner_all ON %I TO %I USING (true) WITH CHECK (true)', t, current_user);
  END LOOP;
END $$;

-- A code is nobody's until it is redeemed, so only system transactions see codes.
ALTER TABLE redemption_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE redemption_code FORCE ROW LEVEL SECURITY;
CREATE POLICY app_system ON redemption_code TO fairlead_app USING (current_setting('fairlead.system', true) = 'on') WITH CHECK (current_setting('fairlead.system', true) = 'on');
DO $$ BEGIN EXECUTE format('CREATE POLICY owner_all ON redemption_code TO %I USING (true) WITH CHECK (true)', current_user); END $$;

GRANT SELECT, INSERT, UPDATE ON billing_account, billing_alert, stripe_payment, meter_carry, meter_reconciliation, auto_recharge, recharge_attempt, credit_grant, redemption_code, stripe_meter TO fairlead_app;
GRANT SELECT, INSERT ON meter_item, redemption, trial_claim TO fairlead_app;
-- The amount, the minute and the identifier of a row on its way to Stripe never change.
GRANT SELECT, INSERT ON meter_outbox TO fairlead_app;
GRANT UPDATE (status, attempts, first_try_at, next_at, delivered_at, last_error) ON meter_outbox TO fairlead_app;
GRANT DELETE ON auto_recharge TO fairlead_app;

ALTER TABLE meter_outbox ADD CONSTRAINT meter_outbox_positive CHECK (micro_usd > 0);
ALTER TABLE meter_carry ADD CONSTRAINT meter_carry_below_a_micro CHECK (remainder_nano >= 0 AND remainder_nano < 1000);
CREATE UNIQUE INDEX recharge_attempt_one_pending ON recharge_attempt (org_id) WHERE status = 'pending';
CREATE INDEX ledger_entry_metered ON ledger_entry (org_id, created_at) WHERE kind = 'charge' AND fund IN ('overage', 'postpaid');

-- Takes from a fund what is left of credit that ended, but never money that running calls hold. Returns how much was taken.
CREATE FUNCTION ledger.expire_credit(p_entry text, p_org text, p_fund text, p_most bigint, p_source_type text, p_source_id text, p_memo text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE account_id text := p_org || '/fund/' || p_fund; room bigint; balance bigint;
BEGIN
  SELECT least(p_most, limit_nano - spent_nano - held_nano) INTO room FROM account WHERE id = account_id FOR UPDATE;
  IF room IS NULL OR room <= 0 THEN RETURN 0; END IF;
  IF EXISTS (SELECT FROM ledger_entry WHERE source_type = p_source_type AND source_id = p_source_id AND leg = 0) THEN RETURN 0; END IF;
  UPDATE account SET limit_nano = limit_nano - room, updated_at = now() WHERE id = account_id RETURNING limit_nano - spent_nano INTO balance;
  INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id, leg, memo)
  VALUES (p_entry, p_org, 'expiry', p_fund, account_id, 'issued/expiry', room, balance, p_source_type, p_source_id, 0, p_memo);
  RETURN room;
END $$;

-- Says how much may be used beyond all credit in the billing period that began at p_since. Frozen or 0: nothing more than
-- was used or is held. No entry: nothing was given, it is only allowed to be owed.
CREATE FUNCTION ledger.limit_overage(p_org text, p_since timestamptz, p_cap bigint) RETURNS void
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
END $$;

GRANT EXECUTE ON FUNCTION ledger.expire_credit(text, text, text, bigint, text, text, text), ledger.limit_overage(text, timestamptz, bigint) TO fairlead_app;
