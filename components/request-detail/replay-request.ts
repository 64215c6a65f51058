import type { RequestDetailJson } from '@/lib/query/types';
import { endpointOf } from './curl-command';

export interface Replayed {
  /** The id of the new call; null where nothing reached the API. */
  requestId: string | null;
  status: number;
  error: { code: string | null; message: string } | null;
}

/** The body of a request as it was sent, for another model. Null where no whole JSON body was kept. */
export function bodyFor(request: Pick<RequestDetailJson, 'surface' | 'bodies'>, model: string): string | null {
  const body = request.bodies.request;
  if (!endpointOf(request.surface) || !body || body.truncated) return null;
  try {
    const json: unknown = JSON.parse(body.text);
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
    return JSON.stringify({ ...json, model });
  } catch {
    return null;
  }
}

/** Sends a request again to another model, to its end, and tells under which id it is logged. It is a call like any other: it costs. */
export async function replayRequest(call: { baseUrl: string; surface: string; key: string; body: string; signal: AbortSignal }): Promise<Replayed> {
  const response = await fetch(`${call.baseUrl}/${endpointOf(call.surface)}`, {
    method: 'POST',
    signal: call.signal,
    headers: { authorization: `Bearer ${call.key}`, 'content-type': 'application/json', 'x-fairlead-tags': 'feature=replay' },
    body: call.body,
  });
  const text = await response.text();
  return { requestId: response.headers.get('x-request-id'), status: response.status, error: response.ok ? null : readError(text) };
}

function readError(text: string): Replayed['error'] {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: string | null; message?: string } };
    return { code: error?.code ?? null, message: error?.message ?? text.slice(0, 300) };
  } catch {
    return { code: null, message: text.slice(0, 300) };
  }
}
