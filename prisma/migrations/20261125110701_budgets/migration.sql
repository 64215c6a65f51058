-- Accounts are known by their id: several budgets may watch one scope in one period.
-- DropIndex
DROP INDEX "account_org_id_scope_type_scope_id_period_window_start_key";

-- CreateTable
CREATE TABLE "budget" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "scope_type" TEXT NOT NULL,
    "scope_id" TEXT NOT NULL DEFAULT '',
    "limit_nano" BIGINT NOT NULL,
    "period" TEXT NOT NULL DEFAULT 'month',
    "reset_day" INTEGER,
    "action" TEXT NOT NULL DEFAULT 'block',
    "switch_to" TEXT,
    "warn_percents" INTEGER[] DEFAULT ARRAY[50, 80, 100]::INTEGER[],
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "budget_org_id_idx" ON "budget"("org_id");

-- CreateIndex
CREATE INDEX "account_org_id_scope_type_scope_id_idx" ON "account"("org_id", "scope_type", "scope_id");


ALTER TABLE budget ADD CONSTRAINT budget_scope CHECK (scope_type IN ('organization', 'key', 'member', 'end_user', 'tag', 'model') AND (scope_id = '') = (scope_type = 'organization'));
ALTER TABLE budget ADD CONSTRAINT budget_limit CHECK (limit_nano >= 0);
ALTER TABLE budget ADD CONSTRAINT budget_period CHECK (period IN ('day', 'week', 'month', 'total') AND reset_day BETWEEN 1 AND 31);
ALTER TABLE budget ADD CONSTRAINT budget_action CHECK (action IN ('block', 'warn', 'switch') AND (action = 'switch') = (switch_to IS NOT NULL));

GRANT SELECT, INSERT, UPDATE, DELETE ON budget TO fairlead_app;
GRANT SELECT ON budget TO fairlead_gateway;
ALTER TABLE budget ENABLE ROW LEVEL SECURITY;
ALTER TABLE budget FORCE ROW LEVEL SECURITY;
CREATE POLICY app_org ON budget TO fairlead_app
  USING (org_id = current_setting('fairlead.org_id', true) OR current_setting('fairlead.system', true) = 'on')
  WITH CHECK (org_id = current_setting('fairlead.org_id', true) OR current_setting('fairlead.system', true) = 'on');
CREATE POLICY gateway_all ON budget TO fairlead_gateway USING (true) WITH CHECK (true);
DO $$ BEGIN EXECUTE format('CREATE POLICY owner_all ON budget TO %I USING (true) WITH CHECK (true)', current_user); END $$;
