import type { Charge } from './resources/charges';
import type { CheckoutSession, LineItem } from './resources/checkout-sessions';
import type { Customer } from './resources/customers';
import type { Dispute } from './resources/disputes';
import type { Invoice } from './resources/build-invoice';
import type { StoredMeterEvent } from './resources/meter-events';
import type { Meter } from './resources/meters';
import type { PaymentIntent } from './resources/payment-intents';
import type { PaymentMethod } from './resources/payment-methods';
import type { PortalConfiguration } from './resources/portal';
import type { Price } from './resources/prices';
import type { Product } from './resources/products';
import type { Refund } from './resources/refunds';
import type { SetupIntent } from './resources/setup-intents';
import type { Subscription } from './resources/subscriptions';
import type { ThinEvent } from './resources/thin-events';

export type Metadata = Record<string, string>;

export interface StoredEvent {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: Record<string, unknown> };
  livemode: false;
  pending_webhooks: number;
  request: { id: null; idempotency_key: null };
  type: string;
}

/** An event that the webhook has not acknowledged yet. */
export interface Delivery {
  eventId: string;
  attempts: number;
  nextAtMs: number;
}

interface StoredAnswer {
  fingerprint: string;
  status: number;
  body: object;
  createdS: number;
}

/** Everything the simulated account knows; plain JSON, so it survives a restart. */
export interface SimulatorState {
  version: 1;
  clockOffsetS: number;
  customers: Record<string, Customer>;
  products: Record<string, Product>;
  prices: Record<string, Price>;
  sessions: Record<string, CheckoutSession>;
  sessionLines: Record<string, LineItem[]>;
  subscriptions: Record<string, Subscription>;
  invoices: Record<string, Invoice>;
  paymentIntents: Record<string, PaymentIntent>;
  charges: Record<string, Charge>;
  refunds: Record<string, Refund>;
  disputes: Record<string, Dispute>;
  meters: Record<string, Meter>;
  meterEvents: StoredMeterEvent[];
  paymentMethods: Record<string, PaymentMethod>;
  setupIntents: Record<string, SetupIntent>;
  portalConfigurations: Record<string, PortalConfiguration>;
  /** What the bank answers to the next payments, set by tests. */
  declines: { code: string; times: number };
  /** Percent of tax that automatic tax adds, set by tests. */
  taxPercent: number;
  /** Tax is refused to customers without an address, set by tests. */
  wantsAddress: boolean;
  events: StoredEvent[];
  thinEvents: ThinEvent[];
  deliveries: Delivery[];
  /** Events whose delivery was given up. */
  undelivered: string[];
  idempotency: Record<string, StoredAnswer>;
}

export function emptyState(): SimulatorState {
  return {
    version: 1,
    clockOffsetS: 0,
    customers: {},
    products: {},
    prices: {},
    sessions: {},
    sessionLines: {},
    subscriptions: {},
    invoices: {},
    paymentIntents: {},
    charges: {},
    refunds: {},
    disputes: {},
    meters: {},
    meterEvents: [],
    paymentMethods: {},
    setupIntents: {},
    portalConfigurations: {},
    declines: { code: '', times: 0 },
    taxPercent: 0,
    wantsAddress: false,
    events: [],
    thinEvents: [],
    deliveries: [],
    undelivered: [],
    idempotency: {},
  };
}
