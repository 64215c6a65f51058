import { billingRuntime } from '@/lib/billing';
import { respond } from '../../respond';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ id: string }> };

/** The receipt of one payment in the local Stripe simulator. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return respond(billingRuntime()?.simulator?.showReceipt((await params).id) ?? null);
}
