// `npm test`: everything that has to hold, in one go. The last line is `N passed, N failed, N skipped`.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { root } from './fingerprint.mjs';

const deadline = Date.now() + 24.5 * 60_000;
const total = { passed: 0, failed: 0, skipped: 0 };
const bin = (...parts) => path.join(root, 'node_modules', ...parts);

process.chdir(root);
if (!existsSync(bin('vitest')) || !existsSync(bin('@playwright'))) {
  console.log('The development dependencies are not installed (NODE_ENV=production?); installing them …');
  spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { stdio: ['ignore', 'inherit', 'inherit'] });
}

// Everything temporary of this run is in one folder: what is left in it at the end is ended and removed.
const runFolder = mkdtempSync(path.join(os.tmpdir(), 'fairlead-run-'));
chmodSync(runFolder, 0o755);
const environment = { ...process.env, TMPDIR: runFolder, NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1', DO_NOT_TRACK: '1', NO_COLOR: '1' };
delete environment.NODE_ENV;
delete environment.FORCE_COLOR;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    cleanUp();
    process.exit(1);
  });
}
let runner = null;

try {
  await check('generate', [bin('prisma', 'build', 'index.js'), 'generate'], 2);
  await check('typecheck', [bin('typescript', 'bin', 'tsc'), '--noEmit'], 6);
  await check('lint', [bin('@biomejs', 'biome', 'bin', 'biome'), 'lint', '--diagnostic-level=error', '.'], 3);
  await runVitest('unit and database tests', ['unit', 'database']);
  if (await check('build', [path.join(root, 'scripts', 'build.mjs')], 6)) {
    await runVitest('the product from outside, through both doors', ['product']);
    await runPlaywright();
  }
} finally {
  cleanUp();
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);

/** A step that either holds or does not: counts as one test. */
async function check(name, args, minutes) {
  const code = await run(name, args, minutes);
  count({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });
  return code === 0;
}

async function runVitest(name, projects) {
  const report = path.join(runFolder, `vitest-${projects[0]}.json`);
  const code = await run(
    name,
    [bin('vitest', 'vitest.mjs'), 'run', ...projects.map((project) => `--project=${project}`), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    12,
    { NODE_ENV: 'test' },
  );
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = readReport(report) ?? {};
  count({ passed: numPassedTests, failed: atLeastOneIf(code !== 0, numFailedTests), skipped: numPendingTests + numTodoTests });
}

async function runPlaywright() {
  let browser;
  try {
    browser = await findBrowser({ mayInstall: true });
  } catch (error) {
    console.error(error.message);
    return count({ failed: 1 });
  }
  const report = path.join(runFolder, 'playwright.json');
  const code = await run('journeys in a browser', [bin('@playwright', 'test', 'cli.js'), 'test'], 15, {
    CHROME_PATH: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = readReport(report)?.stats ?? {};
  count({ passed: expected + flaky, failed: atLeastOneIf(code !== 0, unexpected), skipped });
}

/** Runs one tool in a process group of its own, so that nothing it started outlives it. */
function run(name, args, minutes, more = {}) {
  const timeoutMs = Math.min(minutes * 60_000, deadline - Date.now());
  if (timeoutMs <= 0) {
    console.log(`\n── ${name}: no time left`);
    return Promise.resolve(1);
  }
  console.log(`\n── ${name}`);
  const startedAt = Date.now();
  return new Promise((resolve) => {
    runner = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true, env: { ...environment, ...more } });
    const timer = setTimeout(() => {
      console.error(`${name} took longer than ${Math.round(timeoutMs / 60_000)} minutes and was ended.`);
      endGroup(runner.pid);
    }, timeoutMs);
    runner.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    runner.once('exit', (code) => {
      clearTimeout(timer);
      endGroup(runner.pid);
      runner = null;
      console.log(`── ${name}: ${code === 0 ? 'passed' : 'failed'} in ${Math.round((Date.now() - startedAt) / 1000)} s`);
      resolve(code ?? 1);
    });
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function count({ passed = 0, failed = 0, skipped = 0 }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

function atLeastOneIf(isFailure, failures) {
  return isFailure ? Math.max(failures, 1) : failures;
}

function endGroup(pid) {
  kill(-pid, 'SIGKILL');
}

function cleanUp() {
  if (runner) endGroup(runner.pid);
  // Products and database servers lead groups of their own; their folders say which processes they are.
  for (const file of findFiles(runFolder, ['owner.lock', 'postmaster.pid'], 4)) {
    const text = readFileSync(file, 'utf8');
    if (file.endsWith('postmaster.pid')) kill(Number(text.split('\n')[0]), 'SIGQUIT');
    else kill(readReport(file)?.pid, 'SIGKILL');
  }
  rmSync(runFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

function findFiles(folder, names, depth) {
  if (depth === 0 || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return findFiles(file, names, depth - 1);
    return names.includes(entry.name) ? [file] : [];
  });
}

function kill(pid, signal) {
  try {
    if (pid) process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}
