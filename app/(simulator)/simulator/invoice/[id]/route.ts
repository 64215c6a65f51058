import { billingRuntime } from '@/lib/billing';
import { respond } from '../../respond';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ id: string }> };

/** An invoice as Stripe would host it, and its payment while it is open. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return respond(billingRuntime()?.simulator?.showInvoice((await params).id) ?? null);
}

export async function POST(_request: Request, { params }: Context): Promise<Response> {
  return respond(billingRuntime()?.simulator?.payInvoice((await params).id) ?? null);
}
