import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { startBillingRuntime, stopBillingRuntime } from '@/lib/billing/runtime';
import { env } from '@/lib/env';
import { JOBS, startJobs } from '@/lib/jobs';
import { log } from '@/lib/log';
import { openInstallation } from '@/lib/platform';
import { closePrisma } from '@/lib/store';
import { bannerText } from './banner';
import { bootRuntime } from './boot';
import { prepareInstallation } from './prepare';
import { printStartError } from './supervisor';

const DRAIN_MS = 12_000;
const JOBS_PATIENCE_MS = 2_000;

/** `next start` and `next dev`: the whole product in the one process that Next runs. */
export async function bootOneProcess(): Promise<void> {
  try {
    if (env().isLoopback) dropStrangers();
    const installation = await openInstallation();
    const endDatabase = () => {
      const pid = installation.postgresPid();
      if (pid) process.kill(pid, 'SIGINT');
    };
    // Whatever ends this process, its Postgres does not outlive it, save after a kill -9.
    process.on('exit', endDatabase);
    const firstSteps = await prepareInstallation();
    const runtime = await bootRuntime();
    await startBillingRuntime();
    const jobs = startJobs(JOBS);
    takeOverSignals(async () => {
      installation.markStopping();
      await jobs.stop(JOBS_PATIENCE_MS);
      await stopBillingRuntime();
      await Promise.race([runtime.stop(), new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
      await closePrisma();
      await installation.close();
      process.off('exit', endDatabase);
    });
    process.stdout.write(bannerText(firstSteps));
  } catch (error) {
    printStartError(error);
    process.exit(1);
  }
}

/**
 * Next listens on every address unless told otherwise, while HOST says this machine only, and sign-up and billing rely on
 * it. So connections from elsewhere are closed before they are read.
 */
function dropStrangers(): void {
  subscribe('net.server.socket', (message) => {
    const { socket } = message as { socket: Socket };
    const from = socket.remoteAddress;
    if (from && !/^(::ffff:)?127\.|^::1$/.test(from)) socket.destroy();
  });
}

/** Next ends the process as soon as its server is closed; calls and Postgres need an order. */
function takeOverSignals(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      log.info({ reason: signal }, 'stopping');
      stop()
        .catch((error: unknown) => log.error({ err: error }, 'did not stop in order'))
        .finally(() => process.exit(0));
    });
  }
}
