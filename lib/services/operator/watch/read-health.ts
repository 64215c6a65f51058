import { statfs } from 'node:fs/promises';
import { env } from '@/lib/env';
import { listTargetHealth, type TargetHealthJson } from '@/lib/services/aliases/list-target-health';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

export interface HealthView {
  database: { version: string; latencyMs: number; sizeBytes: number; connections: number; maxConnections: number };
  processes: { id: string; role: string; host: string; pid: number; startedAt: string; seenAt: string; alive: boolean }[];
  targets: TargetHealthJson[];
  jobs: { name: string; startedAt: string; finishedAt: string | null; error: string | null }[];
  queues: { mailsWaiting: number; mailsFailed: number; stripeWaiting: number; stripeFailed: number; oldestStripeAt: string | null; runningCalls: number };
  /** Of the file system that holds DATA_DIR; null where it cannot be told. */
  disk: { freeBytes: number; totalBytes: number } | null;
  node: string;
}

/** A process that was seen within this time is running. */
const ALIVE_MS = 30_000;

/** Whether what the product stands on is well: database, processes, breakers, jobs, queues, disk. */
export async function readHealth({ ctx }: { ctx: OperatorCtx }): Promise<HealthView> {
  const startedAt = performance.now();
  const stored = await asSystem(async (tx) => {
    const [server] = await tx.$queryRaw<{ version: string; size: bigint; connections: bigint; max: string }[]>`
      SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS size,
        (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections, current_setting('max_connections') AS max`;
    const latencyMs = performance.now() - startedAt;
    const [queues] = await tx.$queryRaw<{ mails: bigint; failed: bigint; stripe: bigint; stripe_failed: bigint; oldest: Date | null; running: bigint }[]>`
      SELECT (SELECT count(*) FROM outbox_mail WHERE sent_at IS NULL AND error IS NULL) AS mails, (SELECT count(*) FROM outbox_mail WHERE sent_at IS NULL AND error IS NOT NULL) AS failed,
        (SELECT count(*) FROM stripe_event WHERE status = 'queued') AS stripe, (SELECT count(*) FROM stripe_event WHERE status = 'failed') AS stripe_failed,
        (SELECT min(received_at) FROM stripe_event WHERE status = 'queued') AS oldest, (SELECT count(*) FROM logs.request WHERE status = 'running') AS running`;
    return { server, latencyMs, queues, processes: await tx.heartbeat.findMany({ orderBy: { startedAt: 'asc' } }), jobs: await tx.jobRun.findMany({ orderBy: { name: 'asc' } }) };
  });
  const { server, queues } = stored;
  return {
    database: {
      version: server?.version ?? '',
      latencyMs: stored.latencyMs,
      sizeBytes: Number(server?.size ?? 0n),
      connections: Number(server?.connections ?? 0n),
      maxConnections: Number(server?.max ?? 0),
    },
    processes: stored.processes.map(({ processId, role, host, pid, startedAt: began, seenAt }) => ({ id: processId, role, host, pid, startedAt: began.toISOString(), seenAt: seenAt.toISOString(), alive: Date.now() - seenAt.getTime() < ALIVE_MS })),
    targets: await listTargetHealth({ ctx }),
    jobs: stored.jobs.map(({ name, startedAt: began, finishedAt, error }) => ({ name, startedAt: began.toISOString(), finishedAt: finishedAt?.toISOString() ?? null, error })),
    queues: {
      mailsWaiting: Number(queues?.mails ?? 0n),
      mailsFailed: Number(queues?.failed ?? 0n),
      stripeWaiting: Number(queues?.stripe ?? 0n),
      stripeFailed: Number(queues?.stripe_failed ?? 0n),
      oldestStripeAt: queues?.oldest?.toISOString() ?? null,
      runningCalls: Number(queues?.running ?? 0n),
    },
    disk: await readDisk(),
    node: process.version,
  };
}

async function readDisk(): Promise<HealthView['disk']> {
  try {
    const { bavail, blocks, bsize } = await statfs(env().dataDir);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return null;
  }
}
