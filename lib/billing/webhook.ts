import Stripe from 'stripe';
import { log } from '@/lib/log';
import { asSystem } from '@/lib/store';
import { raiseAlert } from './alerts';
import { type Billing, idOf } from './client';

export const MAX_WEBHOOK_BYTES = 1_048_576;
const TOLERANCE_S = 300;

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
    await storeEvent(billing, event);
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
function verify(billing: Billing | null, rawBody: string, signature: string | null): Stripe.Event | string {
  if (billing === null) return 'billing is off';
  // An empty secret would make every forged signature computable.
  if (!billing.webhookSecret?.trim()) return 'no webhook secret is set';
  if (!signature) return 'the Stripe-Signature header is missing';
  if (rawBody.length > MAX_WEBHOOK_BYTES) return 'the body is too large';
  const signedAtS = Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1]);
  // The SDK refuses old timestamps only; one from the future would stay valid until then.
  if (!(signedAtS <= Date.now() / 1_000 + TOLERANCE_S)) return 'the signature is not valid now';
  try {
    return billing.stripe.webhooks.constructEvent(rawBody, signature, billing.webhookSecret, TOLERANCE_S);
  } catch {
    return 'the signature does not match';
  }
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
    if (isOurs && isOtherVersion) await raiseAlert(tx, { kind: 'event_version', orgId: null, targetId: `${event.api_version}`, detail: `webhooks arrive in API version ${event.api_version}; make the endpoint with ${Stripe.API_VERSION}` });
  });
}
