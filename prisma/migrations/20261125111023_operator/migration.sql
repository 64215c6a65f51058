-- AlterTable
ALTER TABLE "credential" ADD COLUMN     "last_test" JSONB,
ADD COLUMN     "retires_at" TIMESTAMPTZ(3),
ADD COLUMN     "tested_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "model" ADD COLUMN     "retires_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "allow_models" TEXT[],
ADD COLUMN     "concurrency" INTEGER,
ADD COLUMN     "deny_models" TEXT[],
ADD COLUMN     "notes" TEXT,
ADD COLUMN     "role_models" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "rpm" INTEGER,
ADD COLUMN     "support_access_until" TIMESTAMPTZ(3),
ADD COLUMN     "tpm" INTEGER;

-- AlterTable
ALTER TABLE "provider" ADD COLUMN     "data_region" TEXT;
