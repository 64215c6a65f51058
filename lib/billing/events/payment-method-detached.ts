import type { EventHandler } from '../process-events';

/** A card that was taken away cannot be charged: auto-recharge finds out at its next try and pauses. */
export const paymentMethodDetached: EventHandler = async ({ tx, event }) => {
  if (!event.customerId) return 'the card belonged to no customer';
  const org = await tx.organization.findUnique({ where: { stripeCustomerId: event.customerId } });
  if (!org) return 'no organization has this customer';
  const { count } = await tx.autoRecharge.updateMany({ where: { orgId: org.id, enabled: true }, data: { retryAt: null } });
  return count > 0 ? 'auto-recharge will look for another card' : 'nothing depends on the card';
};
