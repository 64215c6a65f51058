import Stripe from 'stripe';

/** Everything the product needs to speak to Stripe, or to the local simulator in its place. */
export interface Billing {
  stripe: Stripe;
  /** True when the money is simulated: it buys plan limits and demo models, nothing else. */
  simulated: boolean;
  /** What `livemode` has to be on every event that is meant for us. */
  livemode: boolean;
  /** Absent or empty: every webhook is refused. */
  webhookSecret: string | undefined;
  /** Unix milliseconds as Stripe counts them: the simulator has a clock of its own. */
  now(): number;
}

interface ClientOptions {
  secretKey: string;
  /** A fake's address; Stripe itself when absent. */
  apiBase?: string | undefined;
  webhookSecret?: string | undefined;
  simulated: boolean;
  now?: () => number;
}

const TIMEOUT_MS = 8_000;

export function createBilling(options: ClientOptions): Billing {
  return {
    stripe: new Stripe(options.secretKey, { ...hostOptions(options.apiBase), timeout: TIMEOUT_MS, telemetry: false, appInfo: { name: 'Fairlead' } }),
    simulated: options.simulated,
    livemode: /^(sk|rk)_live_/.test(options.secretKey),
    webhookSecret: options.webhookSecret,
    now: options.now ?? Date.now,
  };
}

function hostOptions(apiBase: string | undefined): Stripe.StripeConfig {
  if (!apiBase) return {};
  const { protocol, hostname, port } = new URL(apiBase);
  return {
    // Node's http wants an IPv6 address without its brackets.
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port || (protocol === 'https:' ? 443 : 80),
    protocol: protocol === 'https:' ? 'https' : 'http',
  };
}

/** True for Stripe's answer that an object does not exist (any more). The SDK's class may come from another module graph. */
export function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as { code?: unknown }).code === 'resource_missing';
}

/** True for what Stripe answered, or did not: nothing in our database failed. The SDK's class may come from another module graph. */
export function isStripeError(error: unknown): boolean {
  const type = typeof error === 'object' && error !== null ? (error as { type?: unknown }).type : undefined;
  return typeof type === 'string' && type.startsWith('Stripe');
}

/** The id of a field that Stripe sends as an id, as the whole object when expanded, or not at all. */
export function idOf(field: string | { id: string } | null | undefined): string | null {
  return typeof field === 'string' ? field : (field?.id ?? null);
}
