import { idOf } from '../client';
import { centsAsUsd } from '../convert';
import { mailPayers } from '../mail-payers';
import type { EventHandler } from '../process-events';
import { grantPlanCredit } from '../plan-credit';
import { recordPlanPayment } from '../plan-payment';
import { readInvoiceOutcome } from '../recharge/charge-by-invoice';
import { settleRecharge } from '../recharge/settle-recharge';
import { syncCustomer } from '../sync-customer';

/** A paid period: the plan holds, and its included credit comes once. */
export const invoicePaid: EventHandler = async ({ tx, billing, event }) => {
  if (!event.objectId) return 'the event names no invoice';
  const invoice = await billing.stripe.invoices.retrieve(event.objectId);
  const customerId = idOf(invoice.customer);
  const org = customerId ? await tx.organization.findUnique({ where: { stripeCustomerId: customerId } }) : null;
  if (!org || !customerId) return 'no organization has this customer';
  const attemptId = invoice.metadata?.attempt_id;
  if (attemptId) await settleRecharge(tx, billing, attemptId, await readInvoiceOutcome(billing, invoice));
  await recordPlanPayment(tx, billing, org.id, invoice);
  const note = await syncCustomer(tx, billing, customerId);
  const credited = await grantPlanCredit(tx, billing, org.id, invoice);
  if (invoice.amount_paid > 0) {
    const paidAt = new Date((invoice.status_transitions.paid_at ?? invoice.created) * 1_000).toISOString();
    const facts = { kind: 'receipt', usd: centsAsUsd(invoice.amount_paid), paidAt, number: invoice.number ?? event.objectId } as const;
    await mailPayers(tx, billing, { orgId: org.id, facts, cause: event.objectId, url: invoice.hosted_invoice_url });
  }
  return credited ? `${note}; its credit is granted` : note;
};
