import { createHmac } from 'node:crypto';
import { notificationOf } from './resources/thin-events';
import type { Simulator } from './simulator';
import type { Delivery, StoredEvent } from './state';

const TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 60_000;
const GIVE_UP_AFTER = 3_000;

interface Target {
  webhookUrl: string;
  webhookSecret: string;
}

/** Sends queued events to the webhook, oldest first, again and again with growing pauses until each is acknowledged. */
export class WebhookDeliveries {
  /** While held, events queue up; tests use it to play a late webhook. */
  held = false;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private closed = false;

  constructor(
    private readonly sim: Simulator,
    private readonly target: Target,
  ) {}

  /** Starts a pass now; safe to call at any time. */
  wake(): void {
    if (this.closed || this.held) return;
    this.running ??= this.deliverDue().finally(() => {
      this.running = null;
      this.schedule();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Sends one event once, whatever was sent before, and returns the status of the answer (0 when there was none). */
  async sendOnce(event: object, secret = this.target.webhookSecret): Promise<number> {
    const body = JSON.stringify(event);
    const signedAtS = Math.floor(Date.now() / 1_000);
    const signature = createHmac('sha256', secret).update(`${signedAtS}.${body}`).digest('hex');
    try {
      const answer = await fetch(this.target.webhookUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': `t=${signedAtS},v1=${signature}`,
          'user-agent': 'Stripe/1.0 (simulator)',
        },
        body,
        redirect: 'manual',
        cache: 'no-store',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }

  private async deliverDue(): Promise<void> {
    for (let due = this.nextDue(); due && !this.closed && !this.held; due = this.nextDue()) {
      const eventId = due.eventId;
      const event = this.sim.state.events.find((each) => each.id === eventId);
      const thin = this.sim.state.thinEvents.find((each) => each.id === eventId);
      const payload = event ?? (thin && notificationOf(thin));
      const status = payload ? await this.sendOnce(payload) : 200;
      this.settle(due, event, status >= 200 && status < 300);
    }
  }

  private settle(delivery: Delivery, event: StoredEvent | undefined, delivered: boolean): void {
    const { state } = this.sim;
    delivery.attempts += 1;
    if (delivered || delivery.attempts >= GIVE_UP_AFTER) {
      state.deliveries = state.deliveries.filter((each) => each !== delivery);
      if (!delivered) state.undelivered.push(delivery.eventId);
      if (event && delivered) event.pending_webhooks = 0;
    } else {
      delivery.nextAtMs = Date.now() + Math.min(FIRST_RETRY_MS * 2 ** (delivery.attempts - 1), LONGEST_RETRY_MS);
    }
    this.sim.touch();
    // Saving must not start another pass: this one is still going.
    const wake = this.sim.onEvents;
    this.sim.onEvents = () => {};
    this.sim.commit();
    this.sim.onEvents = wake;
  }

  private nextDue(): Delivery | undefined {
    const now = Date.now();
    return this.sim.state.deliveries.find((delivery) => delivery.nextAtMs <= now);
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (this.closed || this.held || this.sim.state.deliveries.length === 0) return;
    const nextAtMs = Math.min(...this.sim.state.deliveries.map((delivery) => delivery.nextAtMs));
    this.timer = setTimeout(() => this.wake(), Math.max(20, nextAtMs - Date.now()));
    this.timer.unref();
  }
}
