-- When each background job last ran, so that a new leader waits for as long as the old one would have.
CREATE TABLE "job_run" (
    "name" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("name")
);

GRANT SELECT, INSERT, UPDATE ON job_run TO fairlead_app;
GRANT SELECT ON job_run TO fairlead_gateway;
