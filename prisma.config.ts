import { defineConfig } from 'prisma/config';

// `prisma generate` and `validate` want a schema-engine binary only to find it present; any file satisfies them, so
// the client can be generated where nothing can be downloaded. Unset it to use the real engine.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations', seed: 'tsx prisma/seed.ts' },
  datasource: { url: process.env.DATABASE_DIRECT_URL ?? process.env.DATABASE_URL ?? 'postgresql://localhost:5432/fairlead' },
});
