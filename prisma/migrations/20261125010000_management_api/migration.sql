-- Management keys with scopes, outcomes of POSTs that carried an Idempotency-Key, and the files that were applied.

ALTER TABLE "api_key" ADD COLUMN "scopes" TEXT[];

CREATE TABLE "idempotent_call" (
    "owner" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "org_id" TEXT,
    "fingerprint" TEXT NOT NULL,
    "status" INTEGER,
    "answer" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotent_call_pkey" PRIMARY KEY ("owner","key")
);
CREATE INDEX "idempotent_call_created_at_idx" ON "idempotent_call"("created_at");

CREATE TABLE "config_revision" (
    "id" TEXT NOT NULL,
    "actor_type" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_label" TEXT,
    "text" TEXT NOT NULL,
    "prune" BOOLEAN NOT NULL DEFAULT false,
    "changes" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "config_revision_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "config_revision_created_at_idx" ON "config_revision"("created_at");

GRANT SELECT, INSERT, UPDATE, DELETE ON "idempotent_call" TO fairlead_app;
GRANT SELECT, INSERT ON "config_revision" TO fairlead_app;
GRANT SELECT ON "idempotent_call", "config_revision" TO fairlead_gateway;

DO $$
BEGIN
  ALTER TABLE "idempotent_call" ENABLE ROW LEVEL SECURITY;
  ALTER TABLE "idempotent_call" FORCE ROW LEVEL SECURITY;
  CREATE POLICY app_org ON "idempotent_call" TO fairlead_app
    USING (org_id = current_setting('fairlead.org_id', true) OR current_setting('fairlead.system', true) = 'on')
    WITH CHECK (org_id = current_setting('fairlead.org_id', true) OR current_setting('fairlead.system', true) = 'on');
  EXECUTE format('CREATE POLICY owner_all ON "idempotent_call" TO %I USING (true) WITH CHECK (true)', current_user);
END $$;
