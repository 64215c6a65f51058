import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApiPath } from '@/lib/http/openapi-document';
import { openApiDocument } from './document';
import { MANAGEMENT_ROUTES } from './routes';

const folder = import.meta.dirname;

/** Every `route.ts` under this folder, as `/keys/[id]`, with the methods it exports. */
const served = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'route.ts')
  .map((file) => ({
    path: `/${path.dirname(file).split(path.sep).join('/')}`,
    methods: [...readFileSync(path.join(folder, file), 'utf8').matchAll(/^export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE)\b/gm)].map(
      (match) => match[1] ?? '',
    ),
  }));

interface Operation {
  summary?: string;
  operationId?: string;
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}
const document = openApiDocument() as unknown as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};

describe('the OpenAPI document of the management API', () => {
  it('names every route that is served and every method of it, and no other', () => {
    expect(Object.keys(MANAGEMENT_ROUTES).sort()).toEqual(served.map((route) => route.path).sort());
    expect(Object.keys(document.paths).sort()).toEqual(served.map((route) => openApiPath(route.path)).sort());
    for (const route of served)
      expect(Object.keys(document.paths[openApiPath(route.path)] ?? {}).sort()).toEqual(route.methods.map((method) => method.toLowerCase()).sort());
  });

  it('is 3.1, and every operation has its own id, a summary, an answer with a schema and the error envelope', () => {
    expect(document.openapi).toBe('3.1.0');
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { operationId, summary, responses } of operations) {
      expect(summary, operationId).toBeTruthy();
      const success = Object.keys(responses).find((status) => status.startsWith('2'));
      for (const status of [success, '401', 'default'])
        expect(Object.values(responses[status ?? '']?.content ?? {})[0]?.schema, `${operationId} ${status}`).toBeDefined();
    }
  });

  it('has every method called by a test of this folder, whose client holds each answer to this document', () => {
    const tests = readdirSync(folder).filter((file) => file.endsWith('.db.test.ts'));
    const called = tests.flatMap((file) => {
      const source = readFileSync(path.join(folder, file), 'utf8');
      const names = new Map([...source.matchAll(/import \* as (\w+) from '\.(\/\S+)\/route';/g)].map(([, name = '', route = '']) => [name, route]));
      return [...source.matchAll(/\b(\w+)\.(GET|POST|PUT|PATCH|DELETE)\b/g)].map(([, name = '', method = '']) => `${method} ${names.get(name)}`);
    });
    const missing = served.flatMap((route) => route.methods.map((method) => `${method} ${route.path}`)).filter((name) => !called.includes(name));
    expect(missing).toEqual([]);
  });

  it('loads nothing from elsewhere: every reference is inside', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) expect(document.components.schemas[reference.replace('#/components/schemas/', '')], reference).toBeDefined();
  });
});
