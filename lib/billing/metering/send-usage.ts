import { log } from '@/lib/log';
import { asSystem } from '@/lib/store';
import { raiseAlert } from '../alerts';
import type { Billing } from '../client';
import { ensureMeter, METER_EVENT } from '../ensure-meter';

const HOUR_MS = 3_600_000;
/** Stripe knows an identifier for 24 hours at least; after this nothing is sent again before it is proven. */
export const UNKNOWN_AFTER_MS = 23 * HOUR_MS;
/** Stripe takes usage of the past 35 days. */
export const EXPIRED_AFTER_MS = 34 * 24 * HOUR_MS;
const FIRST_RETRY_S = 5;
const LONGEST_RETRY_S = 900;
/** A sandbox takes 25 calls a second. */
const PACE_MS = 40;
const BATCH = 500;

interface DueRow {
  id: string;
  org_id: string;
  customer_id: string;
  minute: Date;
  micro_usd: bigint;
  identifier: string;
  first_try_at: Date;
  attempts: number;
}

type Outcome = 'sent' | 'duplicate' | 'rejected' | 'retry' | 'slow-down';

/**
 * Hands outbox rows to Stripe, oldest first, each under its own identifier at every try. One row that Stripe refuses holds
 * up no other. Returns how many were delivered.
 */
export async function sendUsage(billing: Billing, signal?: AbortSignal): Promise<number> {
  await expireOld(billing);
  await setAsideUnknown(billing);
  let delivered = 0;
  let failures = 0;
  let row = await claim(billing);
  if (row) await ensureMeter(billing).catch((error: unknown) => log.warn({ err: error }, 'the meter could not be looked up at Stripe'));
  for (let count = 0; row && count < BATCH && !signal?.aborted; count++) {
    const { outcome, note } = await send(billing, row);
    await settle(row, outcome, note);
    if (outcome === 'sent' || outcome === 'duplicate') delivered += 1;
    failures = outcome === 'retry' ? failures + 1 : 0;
    // Stripe is away or overwhelmed: the rest waits for the next round instead of adding to it.
    if (outcome === 'slow-down' || failures >= 3) break;
    await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    row = await claim(billing);
  }
  return delivered;
}

/** Takes the next row by moving its next try ahead: whoever dies now leaves it to a later round, with the same identifier. */
async function claim({ simulated }: Billing): Promise<DueRow | null> {
  const [row] = await asSystem(
    (tx) => tx.$queryRaw<DueRow[]>`
      UPDATE meter_outbox SET attempts = attempts + 1, first_try_at = coalesce(first_try_at, now()),
        next_at = now() + make_interval(secs => least(${FIRST_RETRY_S} * 2 ^ least(attempts, 12) * (0.8 + random() * 0.4), ${LONGEST_RETRY_S}))
      WHERE id = (SELECT id FROM meter_outbox WHERE status = 'pending' AND simulated = ${simulated} AND next_at <= now() ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, org_id, customer_id, minute, micro_usd, identifier, first_try_at, attempts`,
  );
  return row ?? null;
}

async function send(billing: Billing, row: DueRow): Promise<{ outcome: Outcome; note: string | null }> {
  try {
    await billing.stripe.billing.meterEvents.create(
      {
        event_name: METER_EVENT,
        payload: { stripe_customer_id: row.customer_id, value: row.micro_usd.toString() },
        identifier: row.identifier,
        timestamp: Math.floor(row.minute.getTime() / 1_000),
      },
      { idempotencyKey: row.identifier },
    );
    return { outcome: 'sent', note: null };
  } catch (error) {
    const { statusCode, message = String(error) } = error as { statusCode?: number; message?: string };
    const note = message.slice(0, 500);
    if (statusCode === 400 && /already exists with identifier/.test(message)) return { outcome: 'duplicate', note };
    if (statusCode === 429) return { outcome: 'slow-down', note };
    if (statusCode === undefined || statusCode >= 500 || statusCode === 409 || statusCode === 401 || statusCode === 403) return { outcome: 'retry', note };
    return { outcome: 'rejected', note };
  }
}

async function settle(row: DueRow, outcome: Outcome, note: string | null): Promise<void> {
  await asSystem(async (tx) => {
    if (outcome === 'retry' || outcome === 'slow-down') {
      await tx.meterOutbox.update({ where: { id: row.id }, data: { lastError: note } });
      return;
    }
    const isDelivered = outcome !== 'rejected';
    await tx.meterOutbox.update({ where: { id: row.id }, data: { status: outcome, lastError: isDelivered ? null : note, deliveredAt: isDelivered ? new Date() : null } });
    if (!isDelivered) await raiseAlert(tx, { kind: 'meter_rejected', orgId: row.org_id, targetId: row.id, detail: note ?? 'Stripe refused the usage' });
  });
}

/** What was tried for 23 hours without an answer is neither sent again nor given up: Stripe's own sums decide. */
async function setAsideUnknown(billing: Billing): Promise<void> {
  await asSystem((tx) =>
    tx.meterOutbox.updateMany({
      where: { status: 'pending', simulated: billing.simulated, firstTryAt: { lt: new Date(Date.now() - UNKNOWN_AFTER_MS) } },
      data: { status: 'unknown', nextAt: new Date() },
    }),
  );
}

/** Usage that Stripe takes no more: an operator has to bill it by hand or write it off. */
async function expireOld(billing: Billing): Promise<void> {
  await asSystem(async (tx) => {
    const old = { status: { in: ['pending', 'unknown'] }, simulated: billing.simulated, minute: { lt: new Date(Date.now() - EXPIRED_AFTER_MS) } };
    for (const row of await tx.meterOutbox.findMany({ where: old, take: 500 })) {
      await tx.meterOutbox.update({ where: { id: row.id }, data: { status: 'expired' } });
      await raiseAlert(tx, { kind: 'meter_expired', orgId: row.orgId, targetId: row.id, detail: `usage of ${row.minute.toISOString()} was never taken by Stripe` });
    }
  });
}
