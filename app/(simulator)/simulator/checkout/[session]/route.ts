import { billingRuntime, type PageAnswer } from '@/lib/billing';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ session: string }> };

/** The checkout page of the local Stripe simulator, under the product's own origin. There is none where Stripe is real or off. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const simulator = billingRuntime()?.simulator;
  return simulator ? respond(simulator.showCheckout((await params).session)) : new Response('Not found', { status: 404 });
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const simulator = billingRuntime()?.simulator;
  if (!simulator) return new Response('Not found', { status: 404 });
  const action = new URLSearchParams(await request.text()).get('action') ?? '';
  return respond(simulator.actOnCheckout((await params).session, action));
}

function respond(page: PageAnswer): Response {
  if ('redirect' in page) return new Response(null, { status: 303, headers: { location: page.redirect } });
  return new Response(page.html, { status: page.status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } });
}
