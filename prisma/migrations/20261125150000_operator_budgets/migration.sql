-- The operator's own budgets. What the platform, a provider or a credential may cost is counted in provider cost, on accounts
-- that belong to no organization; what a plan allows each of its organizations is counted in what they pay, on theirs.
ALTER TABLE "account" DROP CONSTRAINT "account_org_id_fkey";

-- CreateTable
CREATE TABLE "operator_budget" (
    "id" TEXT NOT NULL,
    "scope_type" TEXT NOT NULL,
    "scope_id" TEXT NOT NULL DEFAULT '',
    "limit_nano" BIGINT NOT NULL,
    "period" TEXT NOT NULL DEFAULT 'month',
    "reset_day" INTEGER,
    "action" TEXT NOT NULL DEFAULT 'block',
    "warn_percents" INTEGER[] DEFAULT ARRAY[50, 80, 100]::INTEGER[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operator_budget_pkey" PRIMARY KEY ("id")
);

ALTER TABLE operator_budget ADD CONSTRAINT operator_budget_scope CHECK (scope_type IN ('platform', 'provider', 'credential', 'plan') AND (scope_id = '') = (scope_type = 'platform'));
ALTER TABLE operator_budget ADD CONSTRAINT operator_budget_limit CHECK (limit_nano >= 0);
ALTER TABLE operator_budget ADD CONSTRAINT operator_budget_period CHECK (period IN ('day', 'week', 'month', 'total') AND reset_day BETWEEN 1 AND 31);
ALTER TABLE operator_budget ADD CONSTRAINT operator_budget_action CHECK (action IN ('block', 'warn'));

GRANT SELECT, INSERT, UPDATE, DELETE ON operator_budget TO fairlead_app;
GRANT SELECT ON operator_budget TO fairlead_gateway;
