import {
  type Billing,
  currentBilling,
  expireDueCredit,
  pollUndelivered,
  proveUsage,
  reconcileUsage,
  runRecharges,
  sealUsage,
  sendUsage,
  syncAll,
  syncDue,
  syncPlanPrices,
} from '@/lib/billing';
import { defineJob, type Job, type JobContext } from './define-job';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A job that has nothing to do while billing is off. */
function billingJob(name: string, everyMs: number, work: (billing: Billing, context: JobContext) => Promise<unknown>): Job {
  return defineJob({
    name: `billing.${name}`,
    everyMs,
    async run(context) {
      const billing = currentBilling();
      if (billing) await work(billing, context);
    },
  });
}

/** What keeps money in step with Stripe without anybody waiting for it. */
export const BILLING_JOBS: readonly Job[] = [
  billingJob('auto-recharge', 10_000, (billing, { signal }) => runRecharges(billing, signal)),
  billingJob('meter', MINUTE_MS, async (billing, { signal }) => {
    await sealUsage(billing);
    await sendUsage(billing, signal);
    await proveUsage(billing);
  }),
  billingJob('due', MINUTE_MS, syncDue),
  billingJob('poll-events', 10 * MINUTE_MS, pollUndelivered),
  billingJob('sync', HOUR_MS, async (billing, { signal }) => {
    await syncPlanPrices(billing);
    await syncAll(billing, signal);
  }),
  billingJob('reconcile', 24 * HOUR_MS, (billing) => reconcileUsage(billing)),
  // Credit that an operator granted ends also while billing is off.
  // What running calls held when its end came goes in the first round after they release it.
  defineJob({ name: 'billing.expire-credit', everyMs: 10_000, run: () => expireDueCredit(currentBilling()?.now() ?? Date.now()) }),
];
