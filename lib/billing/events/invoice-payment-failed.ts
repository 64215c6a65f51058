import { recordBillingAudit } from '../billing-audit';
import { idOf } from '../client';
import { centsAsUsd } from '../convert';
import { mailPayers } from '../mail-payers';
import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** Stripe goes on trying; the subscription's state says what still holds. */
export const invoicePaymentFailed: EventHandler = async ({ tx, billing, event }) => {
  if (!event.objectId) return 'the event names no invoice';
  const invoice = await billing.stripe.invoices.retrieve(event.objectId);
  const customerId = idOf(invoice.customer);
  const org = customerId ? await tx.organization.findUnique({ where: { stripeCustomerId: customerId } }) : null;
  if (!org || !customerId) return 'no organization has this customer';
  if (invoice.status === 'open') {
    await recordBillingAudit(tx, billing, {
      orgId: org.id,
      action: 'billing.payment_failed',
      targetType: 'invoice',
      targetId: event.objectId,
      after: { attempt: invoice.attempt_count },
    });
    const facts = { kind: 'payment_failed', usd: centsAsUsd(invoice.amount_remaining), invoice: invoice.number ?? event.objectId } as const;
    await mailPayers(tx, billing, { orgId: org.id, facts, cause: event.objectId, url: invoice.hosted_invoice_url });
  }
  return syncCustomer(tx, billing, customerId);
};
