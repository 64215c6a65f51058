import { type Billing, currentBilling } from '@/lib/billing';
import { FairleadError } from '@/lib/kernel/errors';

/** Stripe or its simulator; throws `billing_off` where neither is set up. */
export function requireBilling(): Billing {
  const billing = currentBilling();
  if (!billing) throw new FairleadError('billing_off');
  return billing;
}
