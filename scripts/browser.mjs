// Finds a Chromium that really starts, or installs one: CHROME_PATH, the system's, Playwright's own, the one inside the
// npm package @sparticuz/chromium, and as root on Debian the distribution's.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of a browser that works. Throws a sentence that says what to do when there is none. */
export async function findBrowser({ mayInstall = false } = {}) {
  if (process.env.CHROME_PATH) {
    if (await starts(process.env.CHROME_PATH)) return process.env.CHROME_PATH;
    throw new Error(`CHROME_PATH=${process.env.CHROME_PATH} does not start as a browser.`);
  }
  for (const candidate of [...SYSTEM_PATHS, await playwrightPath()]) if (await starts(candidate)) return candidate;
  const packaged = await packagedPath();
  if (await starts(packaged)) return packaged;
  if (mayInstall && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('No browser found; installing chromium with apt-get …');
    const options = { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync('apt-get', ['update', '-qq'], options);
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
    if (await starts('/usr/bin/chromium')) return '/usr/bin/chromium';
  }
  throw new Error('No browser for the journeys: install chromium, or run "npx playwright install --with-deps chromium", or set CHROME_PATH.');
}

async function starts(executable) {
  if (!executable || !existsSync(executable)) return false;
  try {
    const { stdout } = await promisify(execFile)(executable, ['--headless', ...browserFlags, '--dump-dom', 'about:blank'], { timeout: 30_000 });
    return stdout.includes('<html>');
  } catch {
    return false;
  }
}

async function playwrightPath() {
  try {
    return (await import('@playwright/test')).chromium.executablePath();
  } catch {
    return null;
  }
}

async function packagedPath() {
  try {
    return await (await import('@sparticuz/chromium')).default.executablePath();
  } catch {
    return null;
  }
}
