import type { Simulator } from '../simulator';
import type { Invoice } from './build-invoice';
import { setUsage } from './invoices';
import { sumUsage } from './meter-events';
import type { Price } from './prices';

/** Units and cents of what a customer used of a metered price; Stripe rounds once a line. */
export function countUsage(sim: Simulator, customer: string, price: Price, period: { start: number; end: number }): { units: number; amount: number } {
  const units = price.recurring?.meter ? sumUsage(sim, price.recurring.meter, customer, period.start, period.end) : 0;
  return { units, amount: Math.round(units * Number(price.unit_amount_decimal)) };
}

/** Brings the usage lines of a draft up to date. */
export function refreshUsage(sim: Simulator, invoice: Invoice): void {
  for (const line of invoice.lines.data) {
    const price = sim.state.prices[line.pricing?.price_details.price ?? ''];
    if (price?.recurring?.usage_type !== 'metered' || !invoice.customer) continue;
    const { units, amount } = countUsage(sim, invoice.customer, price, line.period);
    setUsage(sim, invoice, line.id, units, amount);
  }
}
