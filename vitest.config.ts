import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const notTests = ['node_modules/**', '.next/**', 'dist/**', 'e2e/**', '.data/**'];
const alias = { '@': root };

/** Four kinds: `unit` needs nothing; `database` starts one throw-away Postgres for the whole run; `product` starts the built product itself; `long` is what takes minutes and is run by itself (`npm run test:long`). */
export default defineConfig({
  test: {
    // Tests wait for sockets and disks more than for the processor: with a core less, which is the default, half of two would stand idle.
    maxWorkers: '100%',
    projects: [
      {
        resolve: { alias },
        test: { name: 'unit', include: ['**/*.test.ts', '**/*.test.tsx'], exclude: [...notTests, '**/*.db.test.ts', '**/*.long.test.ts'], env: { LOG_LEVEL: 'silent' } },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
          include: ['**/*.db.test.ts'],
          exclude: notTests.filter((pattern) => pattern !== 'e2e/**'),
          env: { LOG_LEVEL: 'silent' },
          globalSetup: [path.join(root, 'lib/testing/database-server.ts')],
          setupFiles: [path.join(root, 'scripts/own-data-dir.ts')],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Concurrent cases wait for deadlines, not for the processor.
          maxConcurrency: 20,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'long',
          include: ['**/*.long.test.ts'],
          exclude: notTests,
          env: { LOG_LEVEL: 'silent' },
          globalSetup: [path.join(root, 'lib/testing/database-server.ts')],
          testTimeout: 600_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        resolve: { alias },
        test: { name: 'product', include: ['e2e/**/*.product.test.ts'], testTimeout: 60_000, hookTimeout: 300_000, fileParallelism: false, env: { LOG_LEVEL: 'silent' } },
      },
    ],
  },
});
