import { gatewayRuntime } from '@/lib/runtime/runtime';
import { answerOperation } from './operations';

/** The operations paths when Next serves alone; behind the node door they never reach it. */
export async function operationRoute(request: Request): Promise<Response> {
  const answer = await answerOperation(new URL(request.url).pathname, request.headers.get('authorization'), await gatewayRuntime());
  if (!answer) return new Response(null, { status: 404 });
  return new Response(answer.body, { status: answer.status, headers: { 'content-type': answer.contentType, 'cache-control': 'no-store' } });
}
