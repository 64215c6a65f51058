import type Stripe from 'stripe';
import type { Billing } from './client';

const TOLERANCE_S = 300;

/** An event of Stripe's v2 API. What happened is not in it: it is fetched by the event's id. */
export interface ThinEvent {
  id: string;
  object: 'v2.core.event';
  /** ISO 8601. */
  created: string;
  livemode: boolean;
  related_object?: { id: string; type: string } | null;
  type: string;
}

/** The secrets deliveries may be signed with: the endpoint's, that of thin events, a retired one during a rotation. */
export function listSecrets(setting: string | undefined): string[] {
  return (setting ?? '').split(',').flatMap((secret) => secret.trim() || []);
}

/** The event of one delivery, or why it is refused. The signature covers the raw bytes, under any of our secrets. */
export function verifyDelivery(billing: Billing, rawBody: string, signature: string): Stripe.Event | ThinEvent | string {
  const secrets = listSecrets(billing.webhookSecret);
  // An empty secret would make every forged signature computable.
  if (secrets.length === 0) return 'no webhook secret is set';
  const signedAtS = Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1]);
  // The SDK refuses old timestamps only; one from the future would stay valid until then.
  if (!(signedAtS <= Date.now() / 1_000 + TOLERANCE_S)) return 'the signature is not valid now';
  if (!secrets.some((secret) => isSignedWith(billing, rawBody, signature, secret))) return 'the signature does not match';
  try {
    return JSON.parse(rawBody) as Stripe.Event | ThinEvent;
  } catch {
    return 'the body is not JSON';
  }
}

function isSignedWith({ stripe }: Billing, rawBody: string, signature: string, secret: string): boolean {
  try {
    return stripe.webhooks.signature?.verifyHeader(rawBody, signature, secret, TOLERANCE_S) ?? false;
  } catch {
    return false;
  }
}
