import { beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import type { Ctx } from '@/lib/services/context';

const authorizeOrg = vi.hoisted(() => vi.fn());
// Sessions come from Next's request scope, which a unit test does not have.
vi.mock('@/lib/auth/require', () => ({ authorizeOrg }));

const { consoleDownload, consoleRoute } = await import('./console-route');
const ctx: Ctx = { actor: { type: 'system', label: 'test' }, orgId: 'org_1', role: 'owner' };
const call = (route: ReturnType<typeof consoleRoute>, search: string): Promise<Response> =>
  route(new Request(`http://localhost/api/console/acme/things${search}`), { params: Promise.resolve({ org: 'acme', id: 'thing_1' }) });

const read = vi.fn();
const query = z.object({
  limit: z.preprocess((value) => {
    read(value);
    return value;
  }, z.coerce.number()),
  id: z.string(),
});

beforeEach(() => {
  read.mockClear();
  authorizeOrg.mockReset().mockResolvedValue(ctx);
});

it.each([
  ['unauthenticated', 401],
  ['not_found', 404],
] as const)('%s is answered before any input is read', async (code, status) => {
  authorizeOrg.mockRejectedValue(new FairleadError(code));
  const response = await call(
    consoleRoute(query, async () => 'never'),
    '?limit=x',
  );
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { code, request_id: response.headers.get('x-request-id') } });
  expect(read).not.toHaveBeenCalled();
});

it('gives the verb the query and the path together, and keeps the answer out of caches', async () => {
  const response = await call(
    consoleRoute(query, async ({ ctx: { orgId }, input }) => ({ orgId, ...input })),
    '?limit=3',
  );
  expect(await response.json()).toEqual({ orgId: 'org_1', limit: 3, id: 'thing_1' });
  expect(response.headers.get('cache-control')).toBe('private, no-store');
});

it('names the parameter it does not understand', async () => {
  const response = await call(
    consoleRoute(query, async () => 'never'),
    '?limit=x',
  );
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'invalid_request', param: 'limit' } });
});

it('a download that fails at once is an error and not a broken file', async () => {
  const describe = () => ({ fileName: 'a.csv', contentType: 'text/csv' });
  const failing = consoleDownload(
    query,
    async function* () {
      yield await Promise.reject<string>(new FairleadError('forbidden'));
    },
    describe,
  );
  expect((await call(failing, '?limit=1')).status).toBe(403);
  const working = consoleDownload(
    query,
    async function* () {
      yield 'a\n';
      yield 'b\n';
    },
    describe,
  );
  const response = await call(working, '?limit=1');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="a.csv"');
  expect(await response.text()).toBe('a\nb\n');
});
