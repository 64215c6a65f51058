import type { PageAnswer } from '@/lib/billing';

/** A page of the local Stripe simulator as a response. There is none (null) where Stripe is real or off. */
export function respond(page: PageAnswer | null): Response {
  if (!page) return new Response('Not found', { status: 404 });
  if ('redirect' in page) return new Response(null, { status: 303, headers: { location: page.redirect } });
  return new Response(page.html, { status: page.status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } });
}
