import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { ErrorAnswer } from '@/lib/services/management/answers/common';
import { OPERATOR_KEY_SCOPES, ORG_KEY_SCOPES } from '@/lib/services/management/scopes';
import type { ManagementRoute, RouteSpec } from './management-route';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];

/** Route modules by their path under `/api/v1`, as Next writes it: `/keys/[id]`. */
export type RouteModules = Record<string, Partial<Record<Method, ManagementRoute>>>;

type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** The OpenAPI 3.1 document of the management API, made from the schemas that the routes parse with. */
export function buildOpenApiDocument(modules: RouteModules, { version }: { version: string }): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'managementKey', { type: 'http', scheme: 'bearer', description: 'A management key: sk-fl-mgmt-…' });
  for (const [path, module] of Object.entries(modules)) {
    for (const method of METHODS) if (module[method]) registry.registerPath(operation(path, method, module[method].spec));
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Fairlead management API',
      version,
      description: [
        'Everything the console does, for programs. Send a management key (`sk-fl-mgmt-…`) as `Authorization: Bearer …` or `x-api-key`; an inference key is answered 401 `invalid_api_key`.',
        'An organization’s key sees its organization; an operator’s key sees the installation, on the same paths. A key on a path of the other side is answered 403.',
        'Lists answer `data`, `has_more` and `next_cursor`. Money is a decimal string of dollars, times are ISO 8601 in UTC.',
        'A POST with an `Idempotency-Key` runs once in 24 hours: the same call again gets the first answer, another body under the same key 409.',
        `Scopes of an organization’s limited key: ${listScopes(ORG_KEY_SCOPES)}. Of an operator’s: ${listScopes(OPERATOR_KEY_SCOPES)}; \`installation\` is every area.`,
      ].join('\n\n'),
    },
    // Relative to where the document was fetched.
    servers: [{ url: '/api/v1' }],
    security: [{ managementKey: [] }],
  });
}

const listScopes = (scopes: readonly string[]): string => scopes.map((scope) => `\`${scope}\``).join(', ');

/** `/models/[...id]` as OpenAPI writes it: `/models/{id}`. */
export function openApiPath(path: string): string {
  return path.replace(/\[(?:\.\.\.)?(\w+)\]/g, '{$1}');
}

function operation(path: string, method: Method, spec: RouteSpec): RouteConfig {
  const names = [...path.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map((match) => match[1] ?? '');
  const answer = spec.org && spec.operator && spec.operatorAnswer ? z.union([spec.answer, spec.operatorAnswer]) : spec.operatorAnswer && !spec.org ? spec.operatorAnswer : spec.answer;
  const access = method === 'GET' ? 'read' : 'write';
  const callers = [spec.org && `an organization’s key (\`${spec.scope}:${access}\`)`, spec.operator && `an operator’s key (\`${spec.scope}:${access}\`)`].filter(Boolean);
  return {
    method: method.toLowerCase() as Lowercase<Method>,
    path: openApiPath(path),
    operationId: operationId(path, method),
    tags: [path.split('/')[1] ?? ''],
    summary: spec.summary,
    description: `For ${callers.join(' and ')}.`,
    request: {
      ...(names.length > 0 ? { params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) } : {}),
      ...(spec.query ? { query: spec.query as z.ZodObject } : {}),
      ...(method === 'POST' ? { headers: z.object({ 'Idempotency-Key': z.string().max(255).optional() }) } : {}),
      ...(spec.body ? { body: { required: true, content: { 'application/json': { schema: spec.body } } } } : {}),
      ...(spec.textBody ? { body: { required: true, content: { [spec.textBody]: { schema: z.string() } } } } : {}),
    },
    responses: {
      [spec.status ?? 200]: { description: 'Done.', content: { [spec.mediaType ?? 'application/json']: { schema: answer } } },
      ...Object.fromEntries(problems(spec, method).map(([status, description]) => [status, { description, content: { 'application/json': { schema: ErrorAnswer } } }])),
    },
  };
}

function problems(spec: RouteSpec, method: Method): [status: string, description: string][] {
  return [
    ...(spec.query || spec.body || spec.textBody ? [['400', 'The input is wrong; `param` names the field.'] as [string, string]] : []),
    ['401', 'No key, or not a management key: `invalid_api_key`.'],
    ['403', 'A key of the other side, or one without the scope.'],
    ['404', 'There is no such thing, or it is another’s.'],
    ...(method === 'GET' ? [] : [['409', 'It conflicts with what is there, or with an earlier call of the same Idempotency-Key.'] as [string, string]]),
    ['default', 'Any other error, in the same envelope.'],
  ];
}

/** `GET /keys/[id]/…` becomes `get_keys_id_…`, unique because paths are. */
function operationId(path: string, method: Method): string {
  return `${method.toLowerCase()}${path.replace(/[^A-Za-z0-9]+/g, '_').replace(/_$/, '')}`;
}
