import { log } from '@/lib/log';
import type { Billing } from './client';
import { processDueEvents } from './process-events';

const POLL_EVERY_MS = 2_000;

export interface EventWorker {
  wake(): void;
  stop(): Promise<void>;
}

/** Works on stored events as they come, and looks again on a timer for those that wait for their next try. */
export function startEventWorker(billing: Billing): EventWorker {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const pass = async (): Promise<void> => {
    do {
      again = false;
      try {
        await processDueEvents(billing);
      } catch (error) {
        log.error({ err: error }, 'the Stripe event worker could not reach the queue');
      }
    } while (again && !stopped);
  };
  const wake = (): void => {
    if (stopped) return;
    again = true;
    running ??= pass().finally(() => {
      running = null;
    });
  };
  const timer = setInterval(wake, POLL_EVERY_MS);
  timer.unref();
  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
