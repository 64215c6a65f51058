import { randomBytes } from 'node:crypto';
import type { Contract } from './contract/load-contract';
import type { Params } from './contract/validate-request';
import type { Invoice } from './resources/build-invoice';
import { emptyState, type SimulatorState, type StoredEvent } from './state';

/** Where the state is kept between starts. The default keeps nothing. */
export interface StateStore {
  load(): SimulatorState | null;
  save(state: SimulatorState): void;
}

/** What one request to the simulator asked, kept for tests: every request that breaks the contract must fail one. */
export interface Violation {
  method: string;
  path: string;
  message: string;
}

/** One request as it came in. */
export interface NotedRequest {
  method: string;
  path: string;
  body: string;
  version: string | undefined;
  idempotencyKey: string | undefined;
  status: number;
}

const KEPT_REQUESTS = 2_000;
const KEPT_EVENTS = 300;
const DAY_S = 86_400;

/** The simulated account: its objects, its clock, and the events it owes to the webhook. Resources change it synchronously. */
export class Simulator {
  readonly state: SimulatorState;
  readonly violations: Violation[] = [];
  /** The newest requests, oldest first. */
  readonly requests: NotedRequest[] = [];
  /** Called for a request that Stripe itself would have refused as malformed: a fault of the product. */
  onViolation: (violation: Violation) => void = () => {};
  /** Called after state was saved, when events wait for delivery. */
  onEvents: () => void = () => {};
  /** Called when an invoice that had failed is paid after all: its subscription recovers. */
  onInvoicePaid: (invoice: Invoice) => void = () => {};
  private dirty = false;

  constructor(
    readonly contract: Contract,
    private readonly store: StateStore,
    /** Where the person pays a session: a page of the product, or of the simulator itself. */
    readonly checkoutUrl: (sessionId: string, successUrl: string) => string,
    /** Where the person manages cards and invoices. */
    readonly portalUrl: (customer: string, returnUrl: string) => string,
    /** Where an invoice or a receipt can be looked at, without signing in. */
    readonly documentUrl: (kind: 'invoice' | 'receipt', id: string) => string,
  ) {
    // An account that was kept by an older version has fewer kinds of objects.
    this.state = { ...emptyState(), ...store.load() };
  }

  nowS(): number {
    return Math.floor(Date.now() / 1_000) + this.state.clockOffsetS;
  }

  newId(prefix: string): string {
    this.dirty = true;
    return `${prefix}_sim${randomBytes(12).toString('hex')}`;
  }

  /** Why the bank refuses the payment at hand, or null when it takes it. */
  takeDecline(): string | null {
    const { declines } = this.state;
    if (declines.times <= 0) return null;
    declines.times -= 1;
    this.dirty = true;
    return declines.code;
  }

  /** Keeps what was asked, for tests that look at it. */
  note(request: NotedRequest): void {
    this.requests.push(request);
    if (this.requests.length > KEPT_REQUESTS) this.requests.shift();
  }

  reportViolation(violation: Violation): void {
    this.violations.push(violation);
    this.onViolation(violation);
  }

  /** Says that the state changed, so that it is saved before the answer leaves. */
  touch(): void {
    this.dirty = true;
  }

  /** Records an event with a copy of the object as it is now and queues its delivery. */
  emit(type: string, object: object): void {
    const event: StoredEvent = {
      id: this.newId('evt'),
      object: 'event',
      api_version: this.contract.info.version,
      created: this.nowS(),
      data: { object: structuredClone(object) as Record<string, unknown> },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    };
    this.state.events.push(event);
    this.state.deliveries.push({ eventId: event.id, attempts: 0, nextAtMs: 0 });
  }

  /** Gives up on every delivery that waits, as after three days; the events stay listed as undelivered. */
  dropDeliveries(): number {
    const dropped = this.state.deliveries.length;
    for (const { eventId } of this.state.deliveries) this.state.undelivered.push(eventId);
    this.state.deliveries = [];
    this.dirty = true;
    return dropped;
  }

  /** Saves what changed and wakes the deliveries. */
  commit(): void {
    if (!this.dirty) return;
    this.dirty = false;
    const owed = new Set([...this.state.deliveries.map((delivery) => delivery.eventId), ...this.state.undelivered]);
    const surplus = this.state.events.length - KEPT_EVENTS;
    if (surplus > 0) this.state.events = this.state.events.filter((event, index) => index >= surplus || owed.has(event.id));
    for (const [key, stored] of Object.entries(this.state.idempotency)) {
      if (stored.createdS < this.nowS() - DAY_S) delete this.state.idempotency[key];
    }
    this.store.save(this.state);
    if (this.state.deliveries.length > 0) this.onEvents();
  }
}

/** One operation of the API: parameters were validated against the contract before it is called. */
export type Handler = (sim: Simulator, params: Params, id: string) => object;
