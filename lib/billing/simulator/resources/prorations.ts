import type { Handler, Simulator } from '../simulator';
import { invalidRequest } from '../stripe-fault';
import { buildInvoice, type Invoice, type InvoiceLineParts } from './build-invoice';
import { addInvoice, withoutPayments } from './invoices';
import { getPrice, type Price } from './prices';
import type { ItemChange } from './subscription-changes';
import { getSubscription, isMetered, type Subscription, type SubscriptionItem } from './subscriptions';

/** Credits what is left of each old price's period and charges the same stretch of the new one, by the second. */
export function changedLines(sim: Simulator, subscription: Subscription, changes: readonly ItemChange[], atS: number): InvoiceLineParts[] {
  return changes.flatMap((change, index) => {
    const item = subscription.items.data.find((each) => each.id === change.id);
    if (!item) throw invalidRequest('The simulator changes existing items only; name one by its id.', `items[${index}][id]`);
    if (change.deleted) throw invalidRequest('A subscription must have at least one active item.', `items[${index}][deleted]`);
    const price = change.price ? getPrice(sim, change.price, `items[${index}][price]`) : item.price;
    if (price.currency !== subscription.currency)
      throw invalidRequest(`The price's currency (${price.currency}) differs from the subscription's (${subscription.currency}).`, `items[${index}][price]`);
    if (isMetered(item) || price.id === item.price.id) return [];
    return [line(sim, item, item.price, item.quantity ?? 1, -1, atS), line(sim, item, price, change.quantity ?? item.quantity ?? 1, 1, atS)];
  });
}

function line(sim: Simulator, item: SubscriptionItem, price: Price, quantity: number, sign: 1 | -1, atS: number): InvoiceLineParts {
  const share = Math.max(0, item.current_period_end - atS) / Math.max(1, item.current_period_end - item.current_period_start);
  return {
    amount: sign * Math.round((price.unit_amount ?? 0) * quantity * share),
    description: `${sign < 0 ? 'Unused' : 'Remaining'} time on ${sim.state.products[price.product]?.name ?? price.product}`,
    price,
    quantity,
    period: { start: atS, end: item.current_period_end },
    subscriptionItem: item.id,
    proration: true,
  };
}

function partsOf(subscription: Subscription, lines: InvoiceLineParts[]) {
  return {
    customer: subscription.customer,
    currency: subscription.currency,
    reason: 'subscription_update' as const,
    subscription: { id: subscription.id, metadata: subscription.metadata },
    metadata: {},
    lines,
    automaticTax: subscription.automatic_tax.enabled,
  };
}

export function prorationInvoice(sim: Simulator, subscription: Subscription, lines: InvoiceLineParts[]): Invoice {
  return addInvoice(sim, partsOf(subscription, lines));
}

interface PreviewParams {
  customer?: string;
  subscription?: string;
  subscription_details?: { items?: ItemChange[]; proration_behavior?: string; proration_date?: number };
}

/** What a change would be invoiced, without changing anything. */
export const createPreview: Handler = (sim, rawParams) => {
  const { subscription: id, subscription_details: details = {} } = rawParams as PreviewParams;
  if (!id) throw invalidRequest('The simulator previews changes of a subscription.', 'subscription', 'parameter_missing');
  const subscription = getSubscription(sim, id);
  const lines = details.proration_behavior === 'none' ? [] : changedLines(sim, subscription, details.items ?? [], details.proration_date ?? sim.nowS());
  const { id: _, ...preview } = buildInvoice(sim, partsOf(subscription, lines));
  return withoutPayments({ ...preview, id: `upcoming_${subscription.id}` } as Invoice);
};
