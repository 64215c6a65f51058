-- CreateTable
CREATE TABLE "shared_view" (
    "id" TEXT NOT NULL,
    "org_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shared_view_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "shared_view_org_id_name_key" ON "shared_view"("org_id", "name");



DO $$
BEGIN
  ALTER TABLE public.shared_view ENABLE ROW LEVEL SECURITY;
  ALTER TABLE public.shared_view FORCE ROW LEVEL SECURITY;
  CREATE POLICY app_org ON public.shared_view TO fairlead_app
    USING (org_id = current_setting('fairlead.org_id', true) OR current_setting('fairlead.system', true) = 'on')
    WITH CHECK (org_id = current_setting('fairlead.org_id', true) OR current_setting('fairlead.system', true) = 'on');
  EXECUTE format('CREATE POLICY owner_all ON public.shared_view TO %I USING (true) WITH CHECK (true)', current_user);
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.shared_view TO fairlead_app;
