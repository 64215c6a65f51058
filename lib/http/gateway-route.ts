import { routeExchange } from '@/lib/gateway';
import { gatewayRuntime } from '@/lib/runtime/runtime';
import { webExchange } from './web-door';

/** The handler of every `app/v1/**` route: the web door over the same pipeline as the node door. */
export async function gatewayRoute(request: Request): Promise<Response> {
  const runtime = await gatewayRuntime();
  return webExchange(request, (exchange) => routeExchange(runtime.deps, exchange));
}
