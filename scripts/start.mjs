// `npm start`: builds when the build is missing or stale, then runs the supervisor in this same process.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isBuildFresh, root } from './fingerprint.mjs';

process.chdir(root);
if (!existsSync(path.join(root, 'node_modules', 'next'))) {
  console.error('Fairlead cannot start: the dependencies are not installed. Run npm ci first.');
  process.exit(1);
}
if (!isBuildFresh()) {
  run('--import', 'tsx', path.join(root, 'scripts', 'check-environment.ts'));
  run(path.join(root, 'scripts', 'build.mjs'));
}
process.env.NODE_ENV = 'production';
process.argv[1] = path.join(root, 'dist', 'server.mjs');
await import(pathToFileURL(process.argv[1]).href);

/** In a process of its own: a build leaves a lot of memory behind. */
function run(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(1);
}
