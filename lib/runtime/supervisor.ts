import path from 'node:path';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { describeParents, type Installation, openInstallation, type StartError, socketFolder, waitForPort } from '@/lib/platform';
import { closePrisma } from '@/lib/store';
import { bannerText } from './banner';
import { prepareInstallation } from './prepare';
import { returnLeases } from './return-leases';
import { SupervisedChild } from './supervised-child';

/** Together with Postgres (at most 5 s) these stay under the 20 s in which the product promises to be gone. */
const GATEWAY_PATIENCE_MS = 12_000;
const CONSOLE_PATIENCE_MS = 2_000;
const PARENT_CHECK_MS = 250;

/** Opens the installation, runs the gateway and the console process, and ends the whole product in order. */
export async function runSupervisor(entry: string): Promise<void> {
  const { port, host, dataDir, isStartedByNpm, workers } = env();
  // From the first moment: a signal during the start must not leave a database server behind.
  const toldToStop = receiveSignal(isStartedByNpm);
  const installation = await openInstallation();
  const end = endOnce(installation);
  void toldToStop.then((reason) => end.inOrder(reason));
  try {
    await waitForPort(port, host);
    const firstSteps = await prepareInstallation();
    // The supervisor itself asks the database nothing from here on, unless a gateway process dies.
    await closePrisma();
    const consoleSocketPath = path.join(socketFolder(dataDir), 'console.sock');
    const shared = { entry, consoleSocketPath, onFailed: (error: StartError) => void end.failed(error) };
    const gateways = Array.from(
      { length: workers },
      (_, index) => new SupervisedChild({ ...shared, role: 'gateway', ...(workers > 1 && { worker: { index } }), onDied: returnLeases, onLeft: () => void end.inOrder('a gateway process ended') }),
    );
    const console = new SupervisedChild({ ...shared, role: 'console', onLeft: () => void end.inOrder('the console process ended') });
    if (!end.keep(gateways, GATEWAY_PATIENCE_MS) || !end.keep([console], CONSOLE_PATIENCE_MS)) return;
    await Promise.all([...gateways, console].map((child) => child.start()));
    process.stdout.write(bannerText(firstSteps));
  } catch (error) {
    await end.failed(error);
  }
}

/** Resolves with the reason when the product is to end: a signal, or npm that was killed and could not pass one on. */
function receiveSignal(isStartedByNpm: boolean): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
    if (!isStartedByNpm) return;
    const parents = describeParents();
    setInterval(() => {
      if (describeParents() !== parents) resolve('npm is gone');
    }, PARENT_CHECK_MS).unref();
  });
}

function endOnce(installation: Installation) {
  const groups: [SupervisedChild[], number][] = [];
  let ending: Promise<void> | null = null;
  const stopAll = async () => {
    installation.markStopping();
    // In this order: the gateways drain first, while the console still serves pages.
    for (const [children, patienceMs] of groups) await Promise.all(children.map((child) => child.stop(patienceMs)));
    await installation.close();
  };
  return {
    /** Takes children into the order of ending. False when the end has begun and they must not be started any more. */
    keep(children: SupervisedChild[], patienceMs: number): boolean {
      if (!ending) groups.push([children, patienceMs]);
      return !ending;
    },
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
}

function fail(error: unknown): never {
  printStartError(error);
  process.exit(1);
}

/** One line for what a person can mend; the whole error for what they cannot. */
export function printStartError(error: unknown): void {
  const isForPeople = error instanceof Error && (error.name === 'StartError' || error.name === 'EnvironmentError');
  process.stderr.write(
    isForPeople ? `Fairlead cannot start: ${error.message}\n` : `Fairlead cannot start: ${error instanceof Error ? error.stack : String(error)}\n`,
  );
}
