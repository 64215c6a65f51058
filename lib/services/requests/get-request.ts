import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { FairleadError } from '@/lib/kernel/errors';
import { requestDay } from '@/lib/kernel/ids';
import { formatUsd } from '@/lib/kernel/money';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { type Tx, withOrg } from '@/lib/store';
import { milliseconds, type RequestJson, type RequestRow, toRequestJson, toUsageJson, type UsageJson } from './request-json';

const unzip = promisify(gunzip);
/** Bodies are cut at 256 KiB a side when they are written; anything that unpacks far beyond is not one of ours. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

export interface AttemptJson {
  index: number;
  model: string;
  upstream_model: string;
  provider: string;
  credential_last4: string;
  reason: 'primary' | 'retry' | 'fallback';
  /** Why this target, in words: its place, weight, price or speed. */
  chosen: string | null;
  /** What came after it failed, in words; null for the attempt that ended the call. */
  left_for: string | null;
  outcome: string;
  status: number | null;
  provider_request_id: string | null;
  started_at: string;
  /** Milliseconds from the moment the request was received. */
  offset_ms: number;
  connect_ms: number | null;
  ttft_ms: number | null;
  duration_ms: number | null;
  usage: UsageJson;
  cost_usd: string;
  error_message: string | null;
  /** What reached this target in another form than the client wrote: field, and what became of it. */
  mapped: RequestNoteJson[];
  /** Frames of its stream that were not JSON and were left out. */
  bad_chunks: number;
}

export interface RequestNoteJson {
  param: string;
  did: string;
}

export interface BodyJson {
  text: string;
  bytes: number;
  truncated: boolean;
}

export interface RequestDetailJson extends RequestJson {
  attempts: AttemptJson[];
  /** What the target that ended the call got in another form than the client wrote. */
  mapped: RequestNoteJson[];
  /** Milliseconds per stage of the gateway. */
  timings: Record<string, number>;
  /** Null where the organization does not log bodies, or they were shed or have expired. */
  bodies: { request: BodyJson | null; response: BodyJson | null };
}

interface AttemptRow {
  index: number;
  model_id: string;
  upstream_model: string;
  provider_id: string;
  credential_last4: string;
  reason: 'primary' | 'retry' | 'fallback';
  chosen: string | null;
  left_for: string | null;
  outcome: string;
  status: number | null;
  provider_request_id: string | null;
  started_at: Date;
  offset_ms: number | null;
  connect_ms: number | null;
  ttft_ms: number | null;
  duration_ms: number | null;
  input_tokens: bigint | null;
  cached_tokens: bigint | null;
  output_tokens: bigint | null;
  reasoning_tokens: bigint | null;
  cost_nano: bigint;
  error_message: string | null;
  mapped: RequestNoteJson[] | null;
  bad_chunks: number | null;
}

interface BodyRow {
  side: 'request' | 'response';
  content: Uint8Array;
  bytes: number;
  truncated: boolean;
}

/** One request with its attempts, cost lines, routing and bodies. Another organization's id is as missing as one that never was. */
export async function getRequest({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<RequestDetailJson> {
  requireRight(ctx, 'logs:read');
  return withOrg(ctx.orgId, async (tx) => {
    // An operator who looks in sees metadata only, unless the organization opened its bodies to the operator.
    const detail = await readRequest(tx, { orgId: ctx.orgId, id: input.id, withBodies: !ctx.viewing?.hidesBodies });
    if (ctx.viewing && (detail.bodies.request || detail.bodies.response))
      await recordAudit(tx, ctx, { action: 'support.read', targetType: 'request', targetId: input.id });
    return detail;
  });
}

/** The request inside a transaction that may see the organization's. Throws `not_found`. */
export async function readRequest(tx: Tx, { orgId, id, withBodies }: { orgId: string; id: string; withBodies: boolean }): Promise<RequestDetailJson> {
  const day = requestDay(id);
  if (day === null) throw new FairleadError('not_found');
  const [row] = await tx.$queryRaw<RequestRow[]>`
    SELECT r.*, k.name AS key_name FROM logs.request r LEFT JOIN api_key k ON k.id = r.key_id
    WHERE r.org_id = ${orgId} AND r.day = ${day}::date AND r.id = ${id}`;
  if (!row) throw new FairleadError('not_found');
  const attempts = await tx.$queryRaw<AttemptRow[]>`
    SELECT * FROM logs.attempt WHERE org_id = ${orgId} AND day = ${day}::date AND request_id = ${id} ORDER BY index`;
  const bodies = withBodies
    ? await tx.$queryRaw<BodyRow[]>`
      SELECT side, content, bytes, truncated FROM logs.body WHERE org_id = ${orgId} AND day = ${day}::date AND request_id = ${id}`
    : [];
  return {
    ...toRequestJson(row),
    attempts: attempts.map((attempt) => toAttemptJson(attempt, row.created_at)),
    mapped: attempts.at(-1)?.mapped ?? [],
    timings: row.timings ?? {},
    bodies: { request: await openBody(bodies, 'request'), response: await openBody(bodies, 'response') },
  };
}

function toAttemptJson(row: AttemptRow, receivedAt: Date): AttemptJson {
  return {
    index: row.index,
    model: row.model_id,
    upstream_model: row.upstream_model,
    provider: row.provider_id,
    credential_last4: row.credential_last4,
    reason: row.reason,
    chosen: row.chosen,
    left_for: row.left_for,
    outcome: row.outcome,
    status: row.status,
    provider_request_id: row.provider_request_id,
    started_at: row.started_at.toISOString(),
    offset_ms: milliseconds(row.offset_ms) ?? Math.max(0, row.started_at.getTime() - receivedAt.getTime()),
    connect_ms: milliseconds(row.connect_ms),
    ttft_ms: milliseconds(row.ttft_ms),
    duration_ms: milliseconds(row.duration_ms),
    usage: toUsageJson(row),
    cost_usd: formatUsd(row.cost_nano),
    error_message: row.error_message,
    mapped: row.mapped ?? [],
    bad_chunks: row.bad_chunks ?? 0,
  };
}

async function openBody(bodies: BodyRow[], side: 'request' | 'response'): Promise<BodyJson | null> {
  const body = bodies.find((row) => row.side === side);
  if (!body) return null;
  // Small bodies are kept as they came; gzip tells itself by its first two bytes.
  const zipped = body.content[0] === 0x1f && body.content[1] === 0x8b;
  const bytes = zipped ? await unzip(body.content, { maxOutputLength: MAX_BODY_BYTES }) : Buffer.from(body.content);
  return { text: bytes.toString('utf8'), bytes: body.bytes, truncated: body.truncated };
}
