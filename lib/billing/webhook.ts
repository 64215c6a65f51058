import Stripe from 'stripe';
import { log } from '@/lib/log';
import { asSystem } from '@/lib/store';
import { raiseAlert } from './alerts';
import { type Billing, idOf } from './client';
import { type ThinEvent, verifyDelivery } from './verify-delivery';

export const MAX_WEBHOOK_BYTES = 1_048_576;

interface WebhookAnswer {
  status: 200 | 400 | 503;
  body: { received: boolean; error?: string };
}

/**
 * Takes one delivery: checks the signature over the raw bytes, stores the event under its id, and answers. What the
 * event means is worked out later, from Stripe itself. 503 asks Stripe to deliver again.
 */
export async function receiveWebhook(billing: Billing | null, rawBody: string, signature: string | null): Promise<WebhookAnswer> {
  const event = verify(billing, rawBody, signature);
  if (typeof event === 'string' || billing === null) return refuse(typeof event === 'string' ? event : 'billing is off');
  try {
    await (event.object === 'v2.core.event' ? storeThinEvent(billing, event) : storeEvent(billing, event));
    return { status: 200, body: { received: true } };
  } catch (error) {
    log.error({ err: error, event: event.id }, 'a Stripe event could not be stored');
    return { status: 503, body: { received: false, error: 'try again' } };
  }
}

function refuse(reason: string): WebhookAnswer {
  log.warn({ reason }, 'a webhook was refused');
  return { status: 400, body: { received: false, error: reason } };
}

/** The event, or why it is refused. */
function verify(billing: Billing | null, rawBody: string, signature: string | null): Stripe.Event | ThinEvent | string {
  if (billing === null) return 'billing is off';
  if (rawBody.length > MAX_WEBHOOK_BYTES) return 'the body is too large';
  if (!signature) return 'the Stripe-Signature header is missing';
  return verifyDelivery(billing, rawBody, signature);
}

/** Puts an event into the queue, once. A repeated delivery changes nothing, unless it is a second chance for one that was given up. */
export async function storeEvent(billing: Billing, event: Stripe.Event, source: 'webhook' | 'poll' = 'webhook'): Promise<void> {
  const object = event.data.object as { id?: string; object?: string; customer?: string | { id: string } | null };
  const isOurs = event.livemode === billing.livemode;
  const customerId = object.object === 'customer' ? (object.id ?? null) : idOf(object.customer);
  // Only a signal: the object is fetched in our own version. That the endpoint speaks another one is worth knowing.
  const isOtherVersion = event.api_version !== null && event.api_version !== Stripe.API_VERSION;
  const note = !isOurs ? 'the event is of the other mode (test or live)' : isOtherVersion ? `the endpoint sends API version ${event.api_version}` : null;
  await asSystem(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO stripe_event (id, type, api_version, livemode, simulated, object_id, customer_id, created, payload, status, note, source)
      VALUES (${event.id}, ${event.type}, ${event.api_version}, ${event.livemode}, ${billing.simulated}, ${object.id ?? null}, ${customerId},
        ${new Date(event.created * 1_000)}, ${JSON.stringify(event)}::jsonb, ${isOurs ? 'queued' : 'ignored'}, ${note}, ${source})
      ON CONFLICT (id) DO UPDATE SET status = 'queued', attempts = 0, next_at = now() WHERE stripe_event.status = 'failed'`;
    if (isOurs && isOtherVersion)
      await raiseAlert(tx, {
        kind: 'event_version',
        orgId: null,
        targetId: `${event.api_version}`,
        detail: `webhooks arrive in API version ${event.api_version}; make the endpoint with ${Stripe.API_VERSION}`,
      });
  });
}

/** The same for an event that only names what happened. It has no version of its own and no customer. */
export async function storeThinEvent(billing: Billing, event: ThinEvent, source: 'webhook' | 'poll' = 'webhook'): Promise<void> {
  const isOurs = event.livemode === billing.livemode;
  await asSystem(
    (tx) => tx.$executeRaw`
      INSERT INTO stripe_event (id, type, livemode, simulated, object_id, created, payload, status, note, source)
      VALUES (${event.id}, ${event.type}, ${event.livemode}, ${billing.simulated}, ${event.related_object?.id ?? null}, ${new Date(event.created)},
        ${JSON.stringify(event)}::jsonb, ${isOurs ? 'queued' : 'ignored'}, ${isOurs ? null : 'the event is of the other mode (test or live)'}, ${source})
      ON CONFLICT (id) DO UPDATE SET status = 'queued', attempts = 0, next_at = now() WHERE stripe_event.status = 'failed'`,
  );
}
