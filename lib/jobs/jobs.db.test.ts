import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase } from '@/lib/testing/database';
import { defineJob } from './define-job';
import { type RunningJobs, startJobs } from './start-jobs';

const db = await createTestDatabase();
const folder = mkdtempSync(path.join(tmpdir(), 'fairlead-jobs-'));
const running: RunningJobs[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(...jobs: Parameters<typeof startJobs>[0]): RunningJobs {
  const started = startJobs(jobs);
  running.push(started);
  return started;
}

function startProcess(name: string, file: string): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/testing/job-process.ts', name, file], { stdio: 'inherit', env: process.env });
  children.push(child);
  return child;
}

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);

describe('a background job', () => {
  it('is run by one of two processes, and by the other when the first is killed', async () => {
    const file = path.join(folder, 'runs');
    writeFileSync(file, '');
    const first = startProcess('first', file);
    await vi.waitFor(() => expect(linesOf(file).length).toBeGreaterThan(1), { timeout: 20_000, interval: 50 });
    startProcess('second', file);
    const before = linesOf(file).length;
    await vi.waitFor(() => expect(linesOf(file).length).toBeGreaterThan(before + 12), { timeout: 20_000, interval: 50 });
    expect(new Set(linesOf(file))).toEqual(new Set(['first']));
    first.kill('SIGKILL');
    await vi.waitFor(() => expect(linesOf(file)).toContain('second'), { timeout: 20_000, interval: 50 });
    const [after] = [linesOf(file).indexOf('second')];
    expect(linesOf(file).slice(after)).not.toContain('first');
  });

  it('never runs twice at once, however slow a run is', async () => {
    let now = 0;
    let most = 0;
    let runs = 0;
    const job = defineJob({
      name: 'test.slow',
      everyMs: 100,
      async run() {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 250));
        now -= 1;
        runs += 1;
      },
    });
    start(job);
    start(job);
    await vi.waitFor(() => expect(runs).toBeGreaterThan(2), { timeout: 15_000 });
    expect(most).toBe(1);
  });

  it('that fails is written down and runs again', async () => {
    let runs = 0;
    start(
      defineJob({
        name: 'test.fails-once',
        everyMs: 100,
        async run() {
          if (runs++ === 0) throw new Error('the first time');
          await new Promise((resolve) => setTimeout(resolve, 30));
        },
      }),
    );
    await vi.waitFor(async () => expect(await db.query(`SELECT error FROM job_run WHERE name = 'test.fails-once'`)).toEqual([{ error: 'the first time' }]), { timeout: 10_000, interval: 10 });
    await vi.waitFor(async () => expect(await db.query(`SELECT error FROM job_run WHERE name = 'test.fails-once' AND finished_at IS NOT NULL`)).toEqual([{ error: null }]), { timeout: 10_000, interval: 20 });
  });

  it('is told when its leadership is gone, and leads again over a new connection', async () => {
    const signals: AbortSignal[] = [];
    start(
      defineJob({
        name: 'test.loses-connection',
        everyMs: 200,
        run: ({ signal }) =>
          new Promise<void>((resolve) => {
            signals.push(signal);
            if (signals.length > 1) return resolve();
            signal.addEventListener('abort', () => resolve());
          }),
      }),
    );
    await vi.waitFor(() => expect(signals).toHaveLength(1), { timeout: 10_000 });
    await db.query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
    await vi.waitFor(() => expect(signals.length).toBeGreaterThan(1), { timeout: 15_000 });
    expect(signals[0]?.aborted).toBe(true);
  });

  it('waits out the interval that the leader before it began', async () => {
    await db.query(`INSERT INTO job_run (name, started_at, finished_at) VALUES ('test.rare', now(), now())`);
    let runs = 0;
    start(defineJob({ name: 'test.rare', everyMs: 3_600_000, run: async () => void (runs += 1) }));
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(runs).toBe(0);
  });

  it('has a name and an interval that make sense', () => {
    expect(() => defineJob({ name: 'No Name', everyMs: 1_000, run: async () => undefined })).toThrow('not a job');
    expect(() => defineJob({ name: 'test.too-often', everyMs: 1, run: async () => undefined })).toThrow('not a job');
  });
});
