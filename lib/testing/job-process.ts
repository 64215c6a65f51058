import { appendFileSync } from 'node:fs';
import { defineJob, startJobs } from '@/lib/jobs';

/** A process that leads or follows one job, for tests of who leads: it appends its name to a file at every run. */
const [, , name = '', file = '', everyMs = '150'] = process.argv;

const jobs = startJobs([defineJob({ name: 'test.two-processes', everyMs: Number(everyMs), run: async () => appendFileSync(file, `${name}\n`) })]);
const stayAlive = setInterval(() => undefined, 1_000);
process.on('SIGTERM', () => {
  clearInterval(stayAlive);
  void jobs.stop().finally(() => process.exit(0));
});
