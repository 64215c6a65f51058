import { isoTime } from '@/lib/kernel/iso-time';
import { gzipSync } from 'node:zlib';
import type { BodyRow } from '@/lib/ledger';
import { maskBody } from './masking/mask-body';
import type { Reserved } from './types';

const MAX_SIDE_BYTES = 256 * 1024;
/** Below this size compressing costs more than it saves; a reader tells by gzip's magic number. */
const COMPRESS_FROM_BYTES = 2_048;

/** Both sides of the conversation for the log, as the organization chose to keep them. */
export function bodyRows(stage: Reserved, response: string): BodyRow[] {
  if (!stage.policy.logBodies || stage.caller.org.bodies === 'none') return [];
  const rows = [bodyRow(stage, 'request', stage.preset?.loggedBytes ?? stage.bodyBytes)];
  if (response !== '') rows.push(bodyRow(stage, 'response', Buffer.from(response)));
  return rows;
}

function bodyRow(stage: Reserved, side: BodyRow['side'], bytes: Buffer): BodyRow {
  const truncated = bytes.byteLength > MAX_SIDE_BYTES;
  // Masked before it is cut: half a secret at the end would not be known as one.
  const kept = stage.caller.org.bodies === 'masked' ? maskBody(bytes, MAX_SIDE_BYTES) : truncated ? bytes.subarray(0, MAX_SIDE_BYTES) : bytes;
  return {
    class: stage.plan.retentionClass,
    day: isoTime(stage.receivedAtMs).slice(0, 10),
    request_id: stage.requestId,
    org_id: stage.caller.org.id,
    side,
    content: kept.byteLength >= COMPRESS_FROM_BYTES ? gzipSync(kept, { level: 1 }) : kept,
    bytes: bytes.byteLength,
    truncated,
  };
}
