import { asFairleadError } from '@/lib/kernel/errors';
import { renderError } from '@/lib/wire/errors';

/** Any thrown thing as the contract's error envelope on a web `Response`. */
export function errorResponse(error: unknown, requestId: string): Response {
  const { status, headers, body } = renderError(asFairleadError(error), { requestId, surface: 'chat' });
  return new Response(body, { status, headers: { ...headers, 'cache-control': 'no-store', ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}) } });
}
