import path from 'node:path';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { describeParents, type Installation, openInstallation, StartError, socketFolder, waitForPort } from '@/lib/platform';
import { bannerText } from './banner';
import { prepareInstallation } from './prepare';
import { SupervisedChild } from './supervised-child';

/** Together with Postgres (at most 5 s) these stay under the 20 s in which the product promises to be gone. */
const GATEWAY_PATIENCE_MS = 12_000;
const CONSOLE_PATIENCE_MS = 2_000;
const PARENT_CHECK_MS = 250;

/** Opens the installation, runs the gateway and the console process, and ends the whole product in order. */
export async function runSupervisor(entry: string): Promise<void> {
  const { port, host, dataDir, isStartedByNpm } = env();
  const installation = await openInstallation();
  const end = endOnce(installation);
  try {
    await waitForPort(port, host);
    const firstSteps = await prepareInstallation();
    const consoleSocketPath = path.join(socketFolder(dataDir), 'console.sock');
    const shared = { entry, consoleSocketPath, onFailed: (error: StartError) => void end.failed(error) };
    const gateway = new SupervisedChild({ ...shared, role: 'gateway', onLeft: () => void end.inOrder('the gateway process ended') });
    const console = new SupervisedChild({ ...shared, role: 'console', onLeft: () => void end.inOrder('the console process ended') });
    end.children = [
      [gateway, GATEWAY_PATIENCE_MS],
      [console, CONSOLE_PATIENCE_MS],
    ];
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end.inOrder(signal));
    if (isStartedByNpm) endWithParent(() => void end.inOrder('npm is gone'));
    await Promise.all([gateway.start(), console.start()]);
    process.stdout.write(bannerText(firstSteps));
  } catch (error) {
    await end.failed(error);
  }
}

function endOnce(installation: Installation) {
  let ending: Promise<void> | null = null;
  const stopAll = async () => {
    installation.markStopping();
    for (const [child, patienceMs] of end.children) await child.stop(patienceMs);
    await installation.close();
  };
  const end = {
    /** In the order in which they stop: the gateway drains first, while the console still serves pages. */
    children: [] as [SupervisedChild, number][],
    inOrder(reason: string): Promise<void> {
      if (!ending) log.info({ reason }, 'stopping');
      ending ??= stopAll().then(() => process.exit(0), fail);
      return ending;
    },
    failed(error: unknown): Promise<void> {
      ending ??= stopAll().then(() => fail(error), fail);
      return ending;
    },
  };
  return end;
}

function fail(error: unknown): never {
  printStartError(error);
  process.exit(1);
}

/** One line for what a person can mend; the whole error for what they cannot. */
export function printStartError(error: unknown): void {
  const isForPeople = error instanceof Error && (error.name === 'StartError' || error.name === 'EnvironmentError');
  process.stderr.write(isForPeople ? `Fairlead cannot start: ${error.message}\n` : `Fairlead cannot start: ${error instanceof Error ? error.stack : String(error)}\n`);
}

/** npm passes signals on, but a killed npm passes nothing: then we would run on with nobody to stop us. */
function endWithParent(onGone: () => void): void {
  const parents = describeParents();
  setInterval(() => {
    if (describeParents() !== parents) onGone();
  }, PARENT_CHECK_MS).unref();
}
