import { billingRuntime } from '@/lib/billing';
import { respond } from '../respond';

export const dynamic = 'force-dynamic';

/** The customer portal of the local Stripe simulator. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  return respond(billingRuntime()?.simulator?.showPortal(searchParams.get('customer') ?? '', searchParams.get('return_url') ?? '') ?? null);
}
