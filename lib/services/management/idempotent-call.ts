import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { FairleadError } from '@/lib/kernel/errors';
import { asSystem } from '@/lib/store';

/** One POST that may come twice. */
export interface IdempotentCall {
  /** The id of the management key. */
  owner: string;
  orgId: string | null;
  /** The management key in clear, as it was presented: what the stored answer is sealed with. */
  presented: string;
  /** The `Idempotency-Key` header. */
  key: string;
  method: string;
  /** Path with query. */
  path: string;
  body: string;
}

export interface StoredAnswer {
  status: number;
  body: string;
}

const KEPT_MS = 24 * 3_600_000;
/** A call that has not ended by then died with its process. */
const RUNNING_MS = 60_000;

/**
 * Runs `work` once per Idempotency-Key and management key: the same call again within 24 hours gets the first answer,
 * another call under the same key 409 `idempotency_conflict`. Answers of 429 and 5xx are not kept, so those can be tried again.
 */
export async function runOnce(call: IdempotentCall, work: () => Promise<StoredAnswer>): Promise<StoredAnswer & { replayed: boolean }> {
  if (!/^[\x21-\x7e]{1,255}$/.test(call.key)) throw new FairleadError('invalid_request', 'Idempotency-Key is 1 to 255 visible ASCII characters.', { param: 'Idempotency-Key' });
  const kept = await claim(call);
  if (kept) return { ...kept, replayed: true };
  let answer: StoredAnswer | null = null;
  try {
    answer = await work();
    return { ...answer, replayed: false };
  } finally {
    await (answer && answer.status < 500 && answer.status !== 429 ? keep(call, answer) : forget(call));
  }
}

/** Null when this call is the first and now holds the key; else the answer that the first one got. */
async function claim(call: IdempotentCall): Promise<StoredAnswer | null> {
  const { owner, key, orgId } = call;
  const fingerprint = fingerprintOf(call);
  return asSystem(async (tx) => {
    const now = Date.now();
    await tx.idempotentCall.deleteMany({ where: { createdAt: { lt: new Date(now - KEPT_MS) } } });
    await tx.idempotentCall.deleteMany({ where: { owner, key, status: null, createdAt: { lt: new Date(now - RUNNING_MS) } } });
    const { count } = await tx.idempotentCall.createMany({ data: [{ owner, key, orgId, fingerprint }], skipDuplicates: true });
    if (count === 1) return null;
    const first = await tx.idempotentCall.findUnique({ where: { owner_key: { owner, key } } });
    if (first && first.fingerprint !== fingerprint) throw new FairleadError('idempotency_conflict');
    if (!first || first.status === null || first.answer === null) {
      throw new FairleadError('conflict', 'The first call with this Idempotency-Key is still running.', { retryAfterS: 1, shouldRetry: true });
    }
    return { status: first.status, body: open(call, first.answer) };
  });
}

async function keep(call: IdempotentCall, { status, body }: StoredAnswer): Promise<void> {
  const { owner, key } = call;
  await asSystem((tx) => tx.idempotentCall.updateMany({ where: { owner, key }, data: { status, answer: sealAnswer(call, body) } }));
}

async function forget({ owner, key }: IdempotentCall): Promise<void> {
  await asSystem((tx) => tx.idempotentCall.deleteMany({ where: { owner, key } }));
}

function fingerprintOf({ method, path, body }: IdempotentCall): string {
  return createHash('sha256').update(`${method} ${path}\n`).update(body).digest('base64url');
}

/** The database knows neither the management key nor what it derives, so a stored answer opens for its own caller only. */
function secretOf({ presented, key }: IdempotentCall): Buffer {
  return Buffer.from(hkdfSync('sha256', presented, 'fairlead.idempotent-call', key, 32));
}

function sealAnswer(call: IdempotentCall, body: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', secretOf(call), iv);
  const sealed = Buffer.concat([cipher.update(body, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
}

function open(call: IdempotentCall, answer: string): string {
  const bytes = Buffer.from(answer, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', secretOf(call), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
