import { asSystem } from '@/lib/store';
import { type Billing, isMissing } from './client';

interface CustomerOrg {
  id: string;
  name: string;
  stripeCustomerId: string | null;
}

/**
 * The organization's customer at Stripe, made before anything is sold to it. One that was deleted there, or that belongs
 * to another account (the simulator's, say), is replaced.
 */
export async function ensureCustomer(billing: Billing, org: CustomerOrg): Promise<string> {
  if (org.stripeCustomerId && (await exists(billing, org.stripeCustomerId))) return org.stripeCustomerId;
  const customer = await billing.stripe.customers.create(
    { name: org.name, metadata: { org_id: org.id } },
    { idempotencyKey: `customer:${org.id}:${org.stripeCustomerId ?? 'first'}` },
  );
  await asSystem((tx) =>
    tx.organization.updateMany({ where: { id: org.id, stripeCustomerId: org.stripeCustomerId }, data: { stripeCustomerId: customer.id } }),
  );
  // What arrived for this customer before it had an organization is worked on now.
  await asSystem((tx) => tx.stripeEvent.updateMany({ where: { status: 'parked', customerId: customer.id }, data: { status: 'queued', nextAt: new Date() } }));
  const { stripeCustomerId } = await asSystem((tx) => tx.organization.findUniqueOrThrow({ where: { id: org.id }, select: { stripeCustomerId: true } }));
  return stripeCustomerId ?? customer.id;
}

async function exists(billing: Billing, customerId: string): Promise<boolean> {
  try {
    const customer = await billing.stripe.customers.retrieve(customerId);
    return !customer.deleted;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
