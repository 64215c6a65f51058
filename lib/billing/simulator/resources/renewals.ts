import type { Simulator } from '../simulator';
import { refreshUsage } from './metered-lines';
import { billUsageSoFar, cancelNow, finalizeDue } from './subscription-changes';
import { addInterval, invoiceCurrentPeriod, type Subscription } from './subscriptions';

/** Renews what is due by the simulator's clock, ends what asked to end or has no card after its trial, and finalizes drafts. */
export function renewDueSubscriptions(sim: Simulator): void {
  for (const subscription of Object.values(sim.state.subscriptions)) {
    while ((subscription.status === 'active' || subscription.status === 'trialing') && periodEnd(subscription) <= sim.nowS()) renew(sim, subscription);
  }
  finalizeDrafts(sim);
}

function renew(sim: Simulator, subscription: Subscription): void {
  const ended = { start: subscription.items.data[0]?.current_period_start ?? 0, end: periodEnd(subscription) };
  if (subscription.cancel_at_period_end) {
    billUsageSoFar(sim, subscription);
    cancelNow(sim, subscription);
    return;
  }
  if (subscription.status === 'trialing') {
    const missing = subscription.default_payment_method === null && sim.state.customers[subscription.customer]?.invoice_settings.default_payment_method === null;
    if (missing && subscription.trial_settings.end_behavior.missing_payment_method === 'cancel') {
      cancelNow(sim, subscription);
      return;
    }
    subscription.status = missing && subscription.trial_settings.end_behavior.missing_payment_method === 'pause' ? 'paused' : 'active';
  }
  for (const item of subscription.items.data) {
    item.current_period_start = item.current_period_end;
    item.current_period_end = addInterval(item.current_period_start, item.price);
  }
  if (subscription.status === 'active') {
    const invoice = invoiceCurrentPeriod(sim, subscription, 'subscription_cycle', ended);
    refreshUsage(sim, invoice);
    if (invoice.status === 'open') subscription.status = 'past_due';
    finalizeDrafts(sim);
  }
  sim.touch();
  sim.emit('customer.subscription.updated', subscription);
}

function finalizeDrafts(sim: Simulator): void {
  for (const invoice of Object.values(sim.state.invoices)) {
    if (invoice.status !== 'draft') continue;
    refreshUsage(sim, invoice);
    finalizeDue(sim, invoice);
  }
}

function periodEnd(subscription: Subscription): number {
  return subscription.items.data[0]?.current_period_end ?? Number.POSITIVE_INFINITY;
}
