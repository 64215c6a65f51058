import { billingRuntime } from '@/lib/billing';

export const dynamic = 'force-dynamic';

/** The customer portal of the local Stripe simulator. There is none where Stripe is real or off. */
export async function GET(request: Request): Promise<Response> {
  const simulator = billingRuntime()?.simulator;
  if (!simulator) return new Response('Not found', { status: 404 });
  const { searchParams } = new URL(request.url);
  const page = simulator.showPortal(searchParams.get('customer') ?? '', searchParams.get('return_url') ?? '');
  if ('redirect' in page) return new Response(null, { status: 303, headers: { location: page.redirect } });
  return new Response(page.html, { status: page.status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } });
}
