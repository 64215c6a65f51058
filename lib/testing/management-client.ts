import { generateKey } from '@/lib/auth/api-key';
import type { ManagementRoute } from '@/lib/http/management-route';
import { openApiPath, type RouteModules } from '@/lib/http/openapi-document';
import { newId } from '@/lib/kernel/ids';
import { asSystem } from '@/lib/store';
import { createAnswerValidator } from './answer-validator';

export interface Ask {
  key?: string;
  query?: string;
  /** Absent for a route without a segment, as Next does it. */
  params?: Record<string, string | string[]>;
  /** An object is sent as JSON. */
  body?: string | object;
  headers?: Record<string, string>;
}

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  json: any;
}

/** Calls handlers of the management API and throws when an answer is not as the served document says. */
export function createManagementClient(modules: RouteModules, document: object): (route: ManagementRoute, ask?: Ask) => Promise<Answered> {
  const places = new Map(Object.entries(modules).flatMap(([path, module]) => Object.entries(module).map(([method, route]) => [route, { path, method }] as const)));
  const problemOf = createAnswerValidator(document);
  return async (route, { key, query = '', params, body, headers = {} } = {}) => {
    const place = places.get(route);
    if (!place) throw new Error('this route is not in the list of routes');
    const path = openApiPath(place.path);
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => [params?.[name] ?? name].flat().map(encodeURIComponent).join('/'));
    const request = new Request(`http://localhost/api/v1${filled}${query}`, {
      method: place.method,
      headers: { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...headers },
      body: typeof body === 'object' ? JSON.stringify(body) : body,
    });
    const response = await route(request, { params: Promise.resolve(params) });
    const text = await response.text();
    const contentType = response.headers.get('content-type') ?? '';
    const json = contentType.includes('json') ? JSON.parse(text) : null;
    const problem = response.status === 304 ? null : problemOf({ path, method: place.method, status: response.status, contentType, body: json ?? text });
    if (problem) throw new Error(problem);
    return { status: response.status, headers: response.headers, text, json };
  };
}

/** A key of an organization, or of the operator when `orgId` is null, straight into the database. */
export async function insertTestKey(orgId: string | null, kind: 'inference' | 'management', more: { revokedAt?: Date; expiresAt?: Date; scopes?: string[] } = {}): Promise<string> {
  const { key, hash, prefix, last4 } = generateKey(kind);
  await asSystem((tx) => tx.apiKey.create({ data: { id: newId('key'), orgId, name: `test ${kind}`, kind, hash, prefix, last4, ...more } }));
  return key;
}
