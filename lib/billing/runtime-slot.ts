import type { Billing } from './client';
import type { RunningSimulator } from './simulator/start-simulator';

/** What one process holds of billing. It hangs on `globalThis`, because pages and boot code are compiled apart. */
export interface BillingRuntime {
  /** Null: billing is off. */
  billing: Billing | null;
  simulator: RunningSimulator | null;
  /** Tells the worker that an event arrived. */
  wake(): void;
  stop(): Promise<void>;
}

const SLOT = Symbol.for('fairlead.billing');
type Holder = { [SLOT]?: BillingRuntime | undefined };

export function billingRuntime(): BillingRuntime | null {
  return (globalThis as Holder)[SLOT] ?? null;
}

export function setBillingRuntime(runtime: BillingRuntime | undefined): void {
  (globalThis as Holder)[SLOT] = runtime;
}

/** Stripe or its simulator as this process knows it, or null when billing is off. */
export function currentBilling(): Billing | null {
  return billingRuntime()?.billing ?? null;
}

export type BillingMode = 'live' | 'simulator' | 'off';

/** What pages say about it. */
export function billingMode(): BillingMode {
  const billing = currentBilling();
  return billing === null ? 'off' : billing.simulated ? 'simulator' : 'live';
}
