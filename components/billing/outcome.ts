/** What a billing action leads to. `leave`: go to this address. `error`: a key of `billing.errors`. */
export type BillingOutcome = { kind: 'leave'; url: string } | { kind: 'changed' } | { kind: 'ends-later' } | { kind: 'error'; error: string };

/** How far a checkout is that the person came back from. */
export interface CheckoutView {
  state: 'waiting' | 'done' | 'expired';
  plan: string | null;
  amountUsd: string | null;
}

/** What a change of plan would do, shown before it is confirmed. */
export interface PlanPreviewView {
  when: 'now' | 'period_end';
  dueNowUsd: string | null;
  prorationDate: number | null;
  from: string | null;
  /** What beginning now instead would mean; null when it begins now anyway. */
  instead: { creditUsd: string; prorationDate: number | null } | null;
  exceeded: { what: 'members'; have: number; allowed: number }[];
}
