import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');

function check(environment: Record<string, string>) {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/check-environment.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...environment },
    encoding: 'utf8',
  });
  return { status, lines: stderr.trim().split('\n') };
}

test('a bad value is named in one line before anything is built', () => {
  expect(check({ PORT: 'eighty' })).toEqual({ status: 1, lines: [expect.stringMatching(/^Fairlead cannot start: PORT/)] });
  expect(check({ PORT: '3999' }).status).toBe(0);
});
