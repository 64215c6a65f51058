/** What a console API answers when it does not answer: the public message, and the id under which our logs know it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string | null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** GETs JSON from the console's API. Empty values are left out of the query string. */
export async function fetchJson<T>(path: string, query: Record<string, string | number | null | undefined> = {}, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path + queryString(query), { headers: { accept: 'application/json' }, signal });
  if (response.ok) return (await response.json()) as T;
  const body = (await response.json().catch(() => null)) as { error?: { code?: string; message?: string; request_id?: string } } | null;
  throw new ApiError(
    response.status,
    body?.error?.code ?? 'internal_error',
    body?.error?.message ?? response.statusText,
    body?.error?.request_id ?? response.headers.get('x-request-id'),
  );
}

/** `?a=1&b=2`, in a stable order, or an empty string. */
export function queryString(query: Record<string, string | number | null | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== '') params.set(name, String(value));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
