import { setTimeout as sleep } from 'node:timers/promises';
import { formatUsd } from '@/lib/kernel/money';
import { findOrg } from '@/lib/services/operator/find-org';
import { type TailRow, tailRequests } from '@/lib/services/operator/tail-requests';
import { CLI_OPERATOR } from '../actor';
import { type Answer, type Command, UsageError, count, optional } from '../command';

const POLL_MS = 1_000;

export const logsTail: Command = {
  words: ['logs', 'tail'],
  summary: 'follow requests as they finish',
  usage: '[--org SLUG] [--status 429|failed] [--model X] [--lines N] [--no-follow]',
  options: { org: { type: 'string' }, status: { type: 'string' }, model: { type: 'string' }, lines: { type: 'string' }, 'no-follow': { type: 'boolean' } },
  needsDatabase: true,
  help: '--status takes an HTTP status or one of completed, truncated, refused, failed, interrupted.\n--model matches the model that answered, the alias, or the name that was asked for.\n--lines: how many finished requests to show first (10). With --json each request is one JSON object per line.',
  async run({ options, print }) {
    const status = optional(options, 'status');
    const httpStatus = status !== undefined && /^\d{3}$/.test(status) ? Number(status) : undefined;
    if (status !== undefined && httpStatus === undefined && !/^(completed|truncated|refused|failed|interrupted)$/.test(status)) throw new UsageError(`--status "${status}" is neither an HTTP status nor a request status`);
    const slug = optional(options, 'org');
    const orgId = slug === undefined ? undefined : (await findOrg(slug)).id;
    const filter = { orgId, httpStatus, status: httpStatus === undefined ? status : undefined, model: optional(options, 'model') };

    let after: Date | null = null;
    let seen = new Set<string>();
    for (let limit = count(options, 'lines') ?? 10; ; limit = 1_000) {
      const rows = await tailRequests({ ctx: CLI_OPERATOR, input: { ...filter, after, limit } });
      for (const row of rows) if (!seen.has(row.id)) print(toLine(row));
      const last = rows.at(-1)?.finishedAt;
      if (last) {
        // Several requests may finish in the same instant as the last one shown; ask for that instant again.
        seen = new Set([...rows.filter(({ finishedAt }) => finishedAt.getTime() === last.getTime()).map(({ id }) => id), ...(after?.getTime() === last.getTime() ? seen : [])]);
        after = last;
      }
      if (options['no-follow'] === true) return null;
      after ??= new Date();
      await sleep(POLL_MS);
    }
  },
};

function toLine(row: TailRow): Answer {
  const { finishedAt, costNano, ...rest } = row;
  const names = row.alias === '' ? row.model : `${row.alias} → ${row.model || 'none'}`;
  return {
    json: { id: row.id, finished_at: finishedAt.toISOString(), org: row.org, status: row.status, http_status: row.httpStatus, alias: row.alias || null, model: row.model || null, provider: row.provider || null, duration_ms: row.durationMs, cost_usd: formatUsd(costNano), error: rest.errorCode },
    text: [finishedAt.toISOString(), row.httpStatus ?? '---', row.status.padEnd(11), row.org, names, `${Math.round(row.durationMs ?? 0)} ms`, `$${formatUsd(costNano)}`, row.id, row.errorCode ?? ''].join('  ').trimEnd(),
  };
}
