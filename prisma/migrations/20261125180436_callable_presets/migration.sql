-- AlterTable
ALTER TABLE "preset" ADD COLUMN     "slug" TEXT;

-- Presets that are there get the slug of their name; where two names give the same one, the later gets its own id with it.
UPDATE "preset" p SET "slug" = s.plain || CASE WHEN s.place = 1 THEN '' ELSE '-' || lower(right(p.id, 8)) END
FROM (
  SELECT id, plain, row_number() OVER (PARTITION BY org_id, plain ORDER BY created_at, id) AS place
  FROM (SELECT id, org_id, created_at, coalesce(nullif(trim(BOTH '-' FROM left(regexp_replace(lower(name), '[^a-z0-9]+', '-', 'g'), 32)), ''), 'preset') AS plain FROM "preset") named
) s WHERE s.id = p.id;
ALTER TABLE "preset" ALTER COLUMN "slug" SET NOT NULL;

-- CreateTable
CREATE TABLE "preset_version" (
    "preset_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "org_id" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "system" TEXT NOT NULL DEFAULT '',
    "parameters" JSONB NOT NULL DEFAULT '{}',
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "preset_version_pkey" PRIMARY KEY ("preset_id","version")
);

-- CreateIndex
CREATE UNIQUE INDEX "preset_org_id_slug_key" ON "preset"("org_id", "slug");

-- AddForeignKey
ALTER TABLE "preset_version" ADD CONSTRAINT "preset_version_preset_id_fkey" FOREIGN KEY ("preset_id") REFERENCES "preset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is in force now is the only version that is known.
INSERT INTO "preset_version" (preset_id, version, org_id, model, system, parameters, created_by_id, created_at)
SELECT id, version, org_id, model, system, parameters, created_by_id, updated_at FROM "preset";

DO $$
BEGIN
  ALTER TABLE public.preset_version ENABLE ROW LEVEL SECURITY;
  ALTER TABLE public.preset_version FORCE ROW LEVEL SECURITY;
  CREATE POLICY app_org ON public.preset_version TO fairlead_app
    USING (org_id = current_setting('fairlead.org_id', true) OR current_setting('fairlead.system', true) = 'on')
    WITH CHECK (org_id = current_setting('fairlead.org_id', true) OR current_setting('fairlead.system', true) = 'on');
  EXECUTE format('CREATE POLICY owner_all ON public.preset_version TO %I USING (true) WITH CHECK (true)', current_user);
  -- The gateway puts presets into calls.
  CREATE POLICY gateway_all ON public.preset TO fairlead_gateway USING (true) WITH CHECK (true);
  CREATE POLICY gateway_all ON public.preset_version TO fairlead_gateway USING (true) WITH CHECK (true);
END $$;
GRANT SELECT, INSERT ON public.preset_version TO fairlead_app;
GRANT SELECT ON public.preset, public.preset_version TO fairlead_gateway;
