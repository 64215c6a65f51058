import { existsSync } from 'node:fs';
import { env } from '@/lib/env';
import { type Check, checkInstallation } from '@/lib/services/operator/check-installation';
import { closePrisma } from '@/lib/store';
import { CLI_OPERATOR } from '../actor';
import type { Command } from '../command';
import { openDatabase } from '../open-database';

const MIN_NODE = [20, 19] as const;
const MARKS = { ok: 'ok  ', note: 'note', failed: 'FAIL' } as const;

export const doctor: Command = {
  words: ['doctor'],
  summary: 'check the installation and say what to do',
  usage: '',
  options: {},
  // A database that is away is a finding here, not a crash.
  needsDatabase: false,
  help: 'Exit code 1 when a check failed.',
  async run() {
    const checks: Check[] = [checkNode(), checkEnvironment()];
    if (checks.every(({ state }) => state !== 'failed')) checks.push(...(await checkDatabase()));
    const isWell = checks.every(({ state }) => state !== 'failed');
    return {
      json: { ok: isWell, checks },
      text: checks.map(({ name, state, detail, fix }) => `${MARKS[state]}  ${name}: ${detail}${fix ? `\n      ${fix}` : ''}`).join('\n'),
      exitCode: isWell ? 0 : 1,
    };
  },
};

function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isEnough = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
  return { name: 'Node.js', state: isEnough ? 'ok' : 'failed', detail: process.versions.node, ...(isEnough ? {} : { fix: `Install Node.js ${MIN_NODE.join('.')} or newer.` }) };
}

function checkEnvironment(): Check {
  try {
    const { configFile, isDatabaseEmbedded, dataDir } = env();
    if (configFile !== undefined && !existsSync(configFile)) return { name: 'environment', state: 'failed', detail: `CONFIG_FILE ${configFile} does not exist`, fix: 'Correct CONFIG_FILE or unset it.' };
    return { name: 'environment', state: 'ok', detail: isDatabaseEmbedded ? `embedded Postgres in ${dataDir}` : 'Postgres at DATABASE_URL' };
  } catch (error) {
    return { name: 'environment', state: 'failed', detail: (error as Error).message };
  }
}

async function checkDatabase(): Promise<Check[]> {
  let installation: { close(): Promise<void> } | undefined;
  try {
    installation = await openDatabase();
    return await checkInstallation({ ctx: CLI_OPERATOR });
  } catch (error) {
    return [{ name: 'database', state: 'failed', detail: (error as Error).message, fix: 'Check DATABASE_URL, or DATA_DIR and its permissions.' }];
  } finally {
    await closePrisma();
    await installation?.close();
  }
}
