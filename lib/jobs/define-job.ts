/** What a run of a job gets to know. */
export interface JobContext {
  /** Fires when the product stops or another process may have become the leader: begin nothing new. */
  signal: AbortSignal;
}

/** Work that one process of the installation does on a timer. */
export interface Job {
  /** Names the lock, the row of `job_run` and the log lines: `billing.poll-events`. */
  name: string;
  /** Milliseconds from the start of one run to the start of the next. A run that takes longer delays the next, never doubles it. */
  everyMs: number;
  /** Must be safe to repeat: a crash in the middle means another run. */
  run(context: JobContext): Promise<unknown>;
}

/** Declares a job; put it into the registry (`lib/jobs/index.ts`) to have it run. */
export function defineJob(job: Job): Job {
  if (!/^[a-z0-9.-]+$/.test(job.name) || !(job.everyMs >= 100)) throw new RangeError(`not a job: ${job.name}, every ${job.everyMs} ms`);
  return job;
}
