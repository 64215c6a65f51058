import { billingRuntime } from '@/lib/billing';
import { respond } from '../../respond';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ session: string }> };

/** The checkout page of the local Stripe simulator, under the product's own origin. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return respond(billingRuntime()?.simulator?.showCheckout((await params).session) ?? null);
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const action = new URLSearchParams(await request.text()).get('action') ?? '';
  return respond(billingRuntime()?.simulator?.actOnCheckout((await params).session, action) ?? null);
}
