import { log } from '@/lib/log';
import { asSystem, type Tx } from '@/lib/store';
import type { Billing } from './client';
import { EVENT_HANDLERS } from './events';
import { lockCustomer } from './lock-customer';

/** A signal taken from the queue, inside the transaction that will mark it done. */
export interface EventContext {
  tx: Tx;
  billing: Billing;
  event: { id: string; type: string; objectId: string | null; customerId: string | null };
}

/** Applies what Stripe says now about the event's object. Returns a sentence for the operator's event log. */
export type EventHandler = (context: EventContext) => Promise<string>;

const GIVE_UP_AFTER = 15;
const FIRST_RETRY_S = 1;
const LONGEST_RETRY_S = 3_600;

interface ClaimedEvent {
  id: string;
  type: string;
  object_id: string | null;
  customer_id: string | null;
}

/** Works on queued events until none is due. Several workers may run: each event and each customer has one at a time. */
export async function processDueEvents(billing: Billing): Promise<number> {
  let worked = 0;
  while (await processNextEvent(billing)) worked += 1;
  return worked;
}

/** Takes one due event; false when there is none. */
export async function processNextEvent(billing: Billing): Promise<boolean> {
  let claimed: ClaimedEvent | undefined;
  try {
    await asSystem(async (tx) => {
      claimed = await claim(tx, billing);
      if (claimed) await apply(tx, billing, claimed);
    });
  } catch (error) {
    // The transaction took back effect and mark together; now only the failure is written down.
    if (!claimed) throw error;
    await postpone(claimed, error);
  }
  return claimed !== undefined;
}

async function claim(tx: Tx, { simulated }: Billing): Promise<ClaimedEvent | undefined> {
  // The column keeps milliseconds, rounded: an event that is due now may carry a time just ahead of it.
  const [row] = await tx.$queryRaw<ClaimedEvent[]>`
    SELECT id, type, object_id, customer_id FROM stripe_event
    WHERE status = 'queued' AND next_at <= now() + interval '1 millisecond' AND simulated = ${simulated}
    ORDER BY received_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`;
  return row;
}

async function apply(tx: Tx, billing: Billing, row: ClaimedEvent): Promise<void> {
  const handler = EVENT_HANDLERS[row.type];
  if (!handler) return mark(tx, row.id, 'ignored', 'nothing hangs on this type of event');
  // Stripe is asked after the lock is held, so what is applied last was also read last.
  if (row.customer_id) await lockCustomer(tx, row.customer_id);
  if (await isStranger(tx, row)) return mark(tx, row.id, 'parked', 'no organization has this customer; replay it when one does');
  const note = await handler({ tx, billing, event: { id: row.id, type: row.type, objectId: row.object_id, customerId: row.customer_id } });
  await mark(tx, row.id, 'done', note);
}

/** Events that mean nothing without the customer's organization wait for it. Payments and sessions are found by their own rows. */
const OF_A_CUSTOMER = /^(customer\.|invoice\.|setup_intent\.)/;

async function isStranger(tx: Tx, { type, customer_id: customerId }: ClaimedEvent): Promise<boolean> {
  if (!customerId || !OF_A_CUSTOMER.test(type)) return false;
  return (await tx.organization.count({ where: { stripeCustomerId: customerId } })) === 0;
}

/** Puts an event back into the queue, whatever became of it; doing it twice books nothing twice. */
export async function replayEvent(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx.stripeEvent.updateMany({ where: { id }, data: { status: 'queued', attempts: 0, nextAt: new Date(), note: null } });
  return count > 0;
}

async function mark(tx: Tx, id: string, status: 'done' | 'ignored' | 'parked', note: string): Promise<void> {
  await tx.stripeEvent.update({ where: { id }, data: { status, note } });
}

async function postpone(row: ClaimedEvent, error: unknown): Promise<void> {
  const note = error instanceof Error ? error.message.slice(0, 500) : String(error);
  log.warn({ err: error, event: row.id, type: row.type }, 'a Stripe event will be tried again');
  await asSystem(
    (tx) => tx.$executeRaw`
      UPDATE stripe_event SET attempts = attempts + 1, note = ${note},
        status = CASE WHEN attempts + 1 >= ${GIVE_UP_AFTER} THEN 'failed' ELSE 'queued' END,
        next_at = now() + make_interval(secs => least(${FIRST_RETRY_S} * 2 ^ attempts, ${LONGEST_RETRY_S}))
      WHERE id = ${row.id} AND status = 'queued'`,
  );
}
