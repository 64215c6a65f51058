-- AlterTable
ALTER TABLE "plan" ADD COLUMN     "budget_nano" BIGINT,
ADD COLUMN     "budget_period" TEXT,
ADD COLUMN     "features" TEXT[] DEFAULT ARRAY['alerts', 'exports', 'management_api', 'presets']::TEXT[];



-- What names of tenants are hashed with before a provider sees them: another one on each installation.
INSERT INTO "setting" (key, value) VALUES ('safety.salt', to_jsonb(gen_random_uuid()::text || gen_random_uuid()::text)) ON CONFLICT (key) DO NOTHING;
