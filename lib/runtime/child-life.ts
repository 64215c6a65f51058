import { log } from '@/lib/log';

/** How a child tells the supervisor that starting again is no use. */
export const EXIT_NO_RESTART = 78;

/** What the supervisor and its children say to each other over IPC. */
export type ChildMessage = {
  type: 'ready';
  /** Under which name a gateway process leases from the ledger. */
  owner?: string;
};

/** A child ends at once when the supervisor is gone, also while it still starts. */
export function endWithSupervisor(): void {
  process.on('disconnect', () => process.exit(1));
}

/**
 * The life of a child of the supervisor once it works: says that it is ready, and ends in order on SIGTERM within
 * `drainMs`. Ctrl-C and a closed terminal reach every process; the supervisor alone acts on them.
 */
export function liveAsChild({ stop, drainMs, owner }: { stop: () => Promise<void>; drainMs: number; owner?: string }): void {
  let isStopping = false;
  process.on('SIGTERM', () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(0), drainMs).unref();
    stop()
      .catch((error: unknown) => log.error({ err: error }, 'did not stop in order'))
      .finally(() => process.exit(0));
  });
  process.on('SIGINT', () => undefined);
  process.on('SIGHUP', () => undefined);
  const message: ChildMessage = { type: 'ready', owner };
  process.send?.(message);
}
