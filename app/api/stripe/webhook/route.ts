import { billingRuntime, currentBilling, MAX_WEBHOOK_BYTES, receiveWebhook } from '@/lib/billing';

export const dynamic = 'force-dynamic';

/** Stripe's deliveries. The signature covers the raw bytes, so the body is read as text and parsed only after it matched. */
export async function POST(request: Request): Promise<Response> {
  const isTooLarge = Number(request.headers.get('content-length') ?? 0) > MAX_WEBHOOK_BYTES;
  const rawBody = isTooLarge ? '' : await request.text();
  const { status, body } = await receiveWebhook(currentBilling(), rawBody, request.headers.get('stripe-signature'));
  if (status === 200) billingRuntime()?.wake();
  return Response.json(body, { status });
}
