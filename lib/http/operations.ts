import { timingSafeEqual } from 'node:crypto';
import { env } from '@/lib/env';
import { renderTogether } from '@/lib/gateway';
import { internalGetAll } from '@/lib/runtime/internal-socket';
import type { Runtime } from '@/lib/runtime/runtime';
import { version } from '@/package.json';

export interface OperationAnswer {
  status: number;
  contentType: string;
  body: string;
}

const JSON_TYPE = 'application/json';

/** `/healthz`, `/readyz`, `/metrics`, `/version`; null for any other path. `/healthz` asks nothing of the database. */
export async function answerOperation(path: string, authorization: string | null, runtime: Runtime): Promise<OperationAnswer | null> {
  switch (path) {
    case '/healthz':
      return { status: 200, contentType: JSON_TYPE, body: '{"status":"ok"}\n' };
    case '/readyz': {
      const ready = await runtime.ready();
      return { status: ready ? 200 : 503, contentType: JSON_TYPE, body: `{"status":"${ready ? 'ready' : 'unready'}"}\n` };
    }
    case '/version':
      return { status: 200, contentType: JSON_TYPE, body: `${JSON.stringify({ name: 'fairlead', version })}\n` };
    case '/metrics': {
      if (!mayReadMetrics(authorization)) return { status: 401, contentType: JSON_TYPE, body: '{"error":{"message":"Send the metrics token.","type":"invalid_request_error","param":null,"code":"unauthenticated"}}\n' };
      const { contentType, body } = env().workers > 1 ? await renderTogether(await internalGetAll<object[]>('/metrics')) : await runtime.deps.metrics.render();
      return { status: 200, contentType, body };
    }
    default:
      return null;
  }
}

function mayReadMetrics(authorization: string | null): boolean {
  const { metricsToken } = env();
  if (!metricsToken || !authorization) return false;
  const sent = Buffer.from(authorization.replace(/^bearer\s+/i, ''));
  const wanted = Buffer.from(metricsToken);
  return sent.length === wanted.length && timingSafeEqual(sent, wanted);
}
