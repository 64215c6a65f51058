import { setMaxListeners } from 'node:events';
import { log } from '@/lib/log';
import { asSystem } from '@/lib/store';
import type { Job } from './define-job';
import { createJobLeader, type JobLeader } from './job-leader';

/** A follower asks this often whether the leader is gone, however rarely the job runs. */
const LONGEST_WAIT_MS = 15_000;
const START_SPREAD_MS = 2_000;

export interface RunningJobs {
  /** Begins no new run and waits for those that go on, at most `patienceMs`. */
  stop(patienceMs?: number): Promise<void>;
}

/** Runs the jobs that this process leads; those of other processes it only watches. */
export function startJobs(jobs: readonly Job[]): RunningJobs {
  const leader = createJobLeader();
  const stopping = new AbortController();
  // Every job listens to it, however many there are.
  setMaxListeners(0, stopping.signal);
  const loops = jobs.map((job) => keepRunning(job, leader, stopping.signal));
  return {
    async stop(patienceMs = 5_000) {
      stopping.abort();
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([Promise.all(loops), new Promise((resolve) => (timer = setTimeout(resolve, patienceMs)))]);
      clearTimeout(timer);
      await leader.close();
    },
  };
}

/** One job from start to stop: waits, sees whether it leads and whether it is due, runs, waits again. */
async function keepRunning(job: Job, leader: JobLeader, stopping: AbortSignal): Promise<void> {
  const tickMs = Math.min(job.everyMs, LONGEST_WAIT_MS);
  // Processes that start together do not ask together.
  await sleep(Math.random() * Math.min(START_SPREAD_MS, tickMs), stopping);
  let wasLeader = false;
  let dueAtMs = 0;
  while (!stopping.aborted) {
    try {
      const leads = await leader.leads(job.name);
      if (leads && !wasLeader) dueAtMs = performance.now() + (await waitOfNewLeader(job));
      wasLeader = leads;
      if (leads && performance.now() >= dueAtMs) {
        dueAtMs = performance.now() + job.everyMs;
        await runOnce(job, AbortSignal.any([stopping, leader.signal()]));
      }
    } catch (error) {
      wasLeader = false;
      log.warn({ err: error, job: job.name }, 'a background job could not reach the database');
    }
    const untilDueMs = wasLeader ? Math.max(dueAtMs - performance.now(), 0) : tickMs;
    await sleep(Math.min(untilDueMs, tickMs), stopping);
  }
}

/** What is left of the interval that the leader before began. */
async function waitOfNewLeader(job: Job): Promise<number> {
  const [row] = await asSystem((tx) => tx.$queryRaw<{ age_ms: number }[]>`SELECT (extract(epoch FROM now() - started_at) * 1000)::float8 AS age_ms FROM job_run WHERE name = ${job.name} AND finished_at IS NOT NULL`);
  return row ? Math.max(job.everyMs - row.age_ms, 0) : 0;
}

async function runOnce(job: Job, signal: AbortSignal): Promise<void> {
  await asSystem(
    (tx) => tx.$executeRaw`
      INSERT INTO job_run (name, started_at) VALUES (${job.name}, now())
      ON CONFLICT (name) DO UPDATE SET started_at = now(), finished_at = NULL`,
  );
  const error = await job.run({ signal }).then(
    () => null,
    (reason: unknown) => reason ?? new Error('no reason given'),
  );
  if (error) log.error({ err: error, job: job.name }, 'a background job failed and will run again');
  const note = error === null ? null : error instanceof Error ? error.message.slice(0, 500) : String(error);
  await asSystem((tx) => tx.$executeRaw`UPDATE job_run SET finished_at = now(), error = ${note} WHERE name = ${job.name}`);
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    timer.unref();
    signal.addEventListener('abort', end);
  });
}
