-- Routing: how aliases recover and who canaries, versions and drafts of aliases, credential priorities, breaker settings,
-- health shared between processes, answers kept for Idempotency-Key, and why an attempt was chosen and left.

ALTER TABLE "alias" ADD COLUMN "canary" JSONB, ADD COLUMN "total_ms" INTEGER;
ALTER TABLE "credential" ADD COLUMN "priority" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "provider" ADD COLUMN "breaker" JSONB NOT NULL DEFAULT '{}';

CREATE TABLE "alias_version" (
    "alias" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "note" TEXT,
    "published_by" TEXT,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alias_version_pkey" PRIMARY KEY ("alias", "version")
);

CREATE TABLE "alias_draft" (
    "alias" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "based_on" INTEGER NOT NULL,
    "updated_by" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alias_draft_pkey" PRIMARY KEY ("alias")
);

CREATE TABLE "target_health" (
    "id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL DEFAULT '',
    "model_id" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL,
    "trips" INTEGER NOT NULL DEFAULT 0,
    "fault" TEXT NOT NULL DEFAULT '',
    "message" TEXT NOT NULL DEFAULT '',
    "opened_at" TIMESTAMPTZ(3),
    "open_until" TIMESTAMPTZ(3),
    "probe_by" TEXT,
    "probe_until" TIMESTAMPTZ(3),
    "changed_by" TEXT NOT NULL DEFAULT '',
    "change" BIGINT NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "target_health_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "idempotent_answer" (
    "org_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "value_hash" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "process_id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "answer" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_answer_pkey" PRIMARY KEY ("org_id", "key_id", "value_hash")
);
CREATE INDEX "idempotent_answer_expires_at_idx" ON "idempotent_answer"("expires_at");

-- Every write to an alias leaves a version behind, whoever wrote it: the catalogue, a configuration file or the console.
CREATE FUNCTION public.keep_alias_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO alias_version (alias, version, document)
  VALUES (NEW.name, NEW.version, jsonb_strip_nulls(jsonb_build_object(
    'description', NEW.description, 'strategy', NEW.strategy, 'targets', NEW.targets, 'sticky', NEW.sticky, 'onContextOverflow', NEW.on_context_overflow,
    'streamRecovery', NEW.stream_recovery, 'canary', NEW.canary, 'totalMs', NEW.total_ms)))
  ON CONFLICT (alias, version) DO UPDATE SET document = excluded.document;
  RETURN NEW;
END $$;
CREATE TRIGGER alias_keep_version AFTER INSERT OR UPDATE ON alias FOR EACH ROW EXECUTE FUNCTION public.keep_alias_version();

-- An alias that comes back after it was deleted goes on counting where its history ends.
CREATE FUNCTION public.continue_alias_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := greatest(NEW.version, (SELECT coalesce(max(version), 0) + 1 FROM alias_version WHERE alias = NEW.name));
  RETURN NEW;
END $$;
CREATE TRIGGER alias_continue_version BEFORE INSERT ON alias FOR EACH ROW EXECUTE FUNCTION public.continue_alias_version();

INSERT INTO alias_version (alias, version, document, published_at)
SELECT name, version, jsonb_strip_nulls(jsonb_build_object('description', description, 'strategy', strategy, 'targets', targets, 'sticky', sticky,
  'onContextOverflow', on_context_overflow, 'streamRecovery', stream_recovery)), updated_at FROM alias;

ALTER TABLE logs.attempt ADD COLUMN chosen text, ADD COLUMN left_for text;

GRANT SELECT, INSERT, UPDATE, DELETE ON alias_version, alias_draft, target_health, idempotent_answer TO fairlead_app;
GRANT SELECT ON alias_version, alias_draft TO fairlead_gateway;
GRANT SELECT, INSERT, UPDATE, DELETE ON target_health, idempotent_answer TO fairlead_gateway;

CREATE SEQUENCE target_health_change;
GRANT USAGE ON SEQUENCE target_health_change TO fairlead_gateway;

ALTER TABLE idempotent_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotent_answer FORCE ROW LEVEL SECURITY;
CREATE POLICY app_org ON idempotent_answer TO fairlead_app
  USING (org_id = current_setting('fairlead.org_id', true) OR current_setting('fairlead.system', true) = 'on')
  WITH CHECK (org_id = current_setting('fairlead.org_id', true) OR current_setting('fairlead.system', true) = 'on');
CREATE POLICY gateway_all ON idempotent_answer TO fairlead_gateway USING (true) WITH CHECK (true);
DO $$ BEGIN EXECUTE format('CREATE POLICY owner_all ON idempotent_answer TO %I USING (true) WITH CHECK (true)', current_user); END $$;
