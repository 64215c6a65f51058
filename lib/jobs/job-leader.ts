import { log } from '@/lib/log';
import { openSessionLocks, type SessionLocks } from '@/lib/store';

/** Leadership of this process, job by job, over one connection that is opened again when it breaks. */
export interface JobLeader {
  /** True when this process leads the job now. Asking again keeps what it has. */
  leads(job: string): Promise<boolean>;
  /** Fires when leadership of everything was lost; a new one is made with the next connection. */
  signal(): AbortSignal;
  close(): Promise<void>;
}

export function createJobLeader(): JobLeader {
  let locks: Promise<SessionLocks> | null = null;
  let lost = new AbortController();

  const open = (): Promise<SessionLocks> => {
    lost = new AbortController();
    const { signal } = lost;
    const mine = lost;
    const opening = openSessionLocks((error) => {
      log.warn({ err: error }, 'the connection that leads the background jobs is gone; another process may lead now');
      if (locks === opening) locks = null;
      if (!signal.aborted) mine.abort();
    });
    opening.catch(() => {
      if (locks === opening) locks = null;
    });
    return opening;
  };

  return {
    async leads(job) {
      locks ??= open();
      return (await locks).tryLock(`job:${job}`);
    },
    signal: () => lost.signal,
    async close() {
      lost.abort();
      const last = locks;
      locks = null;
      await (await last?.catch(() => null))?.close();
    },
  };
}
