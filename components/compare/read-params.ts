import type { RequestDetailJson } from '@/lib/query/types';

/** Fields of a body that are the conversation itself: they are compared as text. */
const CONVERSATION = new Set(['messages', 'input', 'prompt', 'system', 'instructions']);

/** The parameters of a request as it was sent, each value as JSON. Null where no whole body was kept. */
export function readParams(request: Pick<RequestDetailJson, 'bodies'>): Map<string, string> | null {
  const body = request.bodies.request;
  if (!body || body.truncated) return null;
  try {
    const json: unknown = JSON.parse(body.text);
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
    return new Map(Object.entries(json).flatMap(([name, value]) => (CONVERSATION.has(name) ? [] : [[name, JSON.stringify(value)] as const])));
  } catch {
    return null;
  }
}

/** Every parameter that one of the requests has, by name, with whether they all agree on it. */
export function alignParams(all: readonly (Map<string, string> | null)[]): { name: string; values: (string | null)[]; same: boolean }[] {
  const names = [...new Set(all.flatMap((params) => [...(params?.keys() ?? [])]))].sort();
  return names.map((name) => {
    const values = all.map((params) => params?.get(name) ?? null);
    return { name, values, same: new Set(values).size === 1 };
  });
}
