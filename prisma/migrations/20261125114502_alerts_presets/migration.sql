-- CreateTable
CREATE TABLE "alert_channel" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "secret_version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_rule" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "threshold" BIGINT NOT NULL,
    "window_minutes" INTEGER NOT NULL DEFAULT 60,
    "channel_ids" TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "firing_since" TIMESTAMPTZ(3),
    "last_value" BIGINT,
    "evaluated_at" TIMESTAMPTZ(3),
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_event" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "rule_id" TEXT,
    "occasion" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_delivery" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "event_id" TEXT,
    "kind" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "http_status" INTEGER,
    "error" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "preset" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "system" TEXT NOT NULL DEFAULT '',
    "parameters" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "preset_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "alert_channel_org_id_idx" ON "alert_channel"("org_id");

-- CreateIndex
CREATE INDEX "alert_rule_org_id_idx" ON "alert_rule"("org_id");

-- CreateIndex
CREATE INDEX "alert_event_org_id_created_at_idx" ON "alert_event"("org_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "alert_event_org_id_occasion_key" ON "alert_event"("org_id", "occasion");

-- CreateIndex
CREATE INDEX "alert_delivery_org_id_created_at_idx" ON "alert_delivery"("org_id", "created_at");

-- CreateIndex
CREATE INDEX "alert_delivery_next_at_idx" ON "alert_delivery"("next_at");

-- CreateIndex
CREATE UNIQUE INDEX "preset_org_id_name_key" ON "preset"("org_id", "name");


DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['public.alert_channel', 'public.alert_rule', 'public.alert_event', 'public.alert_delivery', 'public.preset'] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY app_org ON %s TO fairlead_app USING (org_id = current_setting(''fairlead.org_id'', true) OR current_setting(''fairlead.system'', true) = ''on'') WITH CHECK (org_id = current_setting(''fairlead.org_id'', true) OR current_setting(''fairlead.system'', true) = ''on'')', t);
    EXECUTE format('CREATE POLICY owner_all ON %s TO %I USING (true) WITH CHECK (true)', t, current_user);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO fairlead_app', t);
  END LOOP;
END $$;
