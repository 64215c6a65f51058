import { beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/services/context';
import { createTestDatabase } from '@/lib/testing/database';
import { insertOrganization, insertRequest } from '@/lib/testing/log-rows';
import { exportRequests } from './export-requests';
import { getRequest } from './get-request';
import { listRequests } from './list-requests';
import { countRequests } from './request-counts';
import { requestFacets } from './request-facets';
import { type RequestQueryInput, requestQuerySchema } from './request-filters';
import { requestHistogram } from './request-histogram';

const { query } = await createTestDatabase();
const ctxOf = (orgId: `org_${string}`, role: Ctx['role'] = 'viewer'): Ctx => ({ actor: { type: 'system', label: 'test' }, orgId, role });
const mine = ctxOf('org_mine');
const theirs = ctxOf('org_theirs');
const NOW = Date.now();
const HOUR = 3_600_000;

const ids = { ok: '', failed: '', old: '', theirs: '' };
let keyId = '';

beforeAll(async () => {
  ({ keyId } = await insertOrganization(query, { id: 'org_mine' }));
  await insertOrganization(query, { id: 'org_theirs' });
  ids.old = await insertRequest(query, { org: 'org_mine', atMs: NOW - 20 * 24 * HOUR, row: { key_id: keyId, model_id: 'qwen-plus' } });
  ids.failed = await insertRequest(query, {
    org: 'org_mine',
    atMs: NOW - 2 * HOUR,
    row: {
      key_id: keyId,
      alias: 'fast-chat',
      status: 'failed',
      http_status: 503,
      error_code: 'upstream_error',
      error_message: 'overloaded',
      error_source: 'provider',
      tags: { feature: 'search' },
      user_tag: 'alice',
      duration_ms: 2_400,
      attempt_count: 3,
    },
  });
  ids.ok = await insertRequest(query, {
    org: 'org_mine',
    atMs: NOW - HOUR,
    row: {
      key_id: keyId,
      alias: 'fast-chat',
      cost_nano: 180_000_001,
      price_card_id: 'card_1',
      fallback: true,
      timings: { auth: 0.1, hold: 0.3 },
      cost_lines: [
        { item: 'input', tokens: 10, rate_nano: 2_000_000_000, amount_nano: 20_000 },
        { item: 'output', tokens: 20, rate_nano: '8000000000', amount_nano: '179980001' },
      ],
      candidates_left_out: [{ model: 'down', reason: 'circuit open' }],
      tags: { feature: 'chat' },
    },
    attempts: [
      { reason: 'primary', chosen: 'priority 1', left_for: 'the next target', outcome: 'server', status: 503, offset_ms: 1.2, duration_ms: 90 },
      {
        reason: 'fallback',
        outcome: 'completed',
        status: 200,
        offset_ms: 140.5,
        connect_ms: 3,
        ttft_ms: 80,
        duration_ms: 250,
        input_tokens: 10,
        output_tokens: 20,
        cost_nano: 180_000_001,
      },
    ],
    bodies: { request: '{"model":"fast-chat","messages":[{"role":"user","content":"你好"}]}', response: '{"choices":[]}' },
  });
  ids.theirs = await insertRequest(query, { org: 'org_theirs', atMs: NOW - HOUR });
});

async function listed(input: RequestQueryInput): Promise<string[]> {
  return (await listRequests({ ctx: mine, input: requestQuerySchema.parse(input) })).data.map((row) => row.id);
}

describe('the list', () => {
  it('shows the own requests newest first and nobody else’s', async () => {
    expect(await listed({})).toEqual([ids.ok, ids.failed, ids.old]);
  });

  it('turns pages without gaps or repeats', async () => {
    const first = await listRequests({ ctx: mine, input: requestQuerySchema.parse({ limit: 2 }) });
    expect(first).toMatchObject({ has_more: true, next_cursor: ids.failed });
    expect(await listed({ limit: 2, cursor: first.next_cursor ?? undefined })).toEqual([ids.old]);
  });

  it.each<[RequestQueryInput, (keyof typeof ids)[]]>([
    [{ q: 'status:503' }, ['ok', 'failed']],
    [{ status: 'ok' }, ['ok', 'old']],
    [{ status: '5xx,4xx' }, ['failed']],
    [{ status: 'failed' }, ['failed']],
    [{ q: '-status:503 range' }, []],
    [{ q: '-status:failed' }, ['ok', 'old']],
    [{ model: 'qwen*' }, ['old']],
    [{ q: 'alias:fast-chat cost:>0.01' }, ['ok']],
    [{ q: 'cost:>=0.180000001' }, ['ok']],
    [{ q: 'cost:>0.180000001' }, []],
    [{ provider: 'u1', user: 'alice' }, ['failed']],
    [{ tag: 'feature=search' }, ['failed']],
    [{ tag: 'feature' }, ['ok', 'failed']],
    [{ q: '-tag:feature=search' }, ['ok', 'old']],
    [{ q: 'key:production' }, ['ok', 'failed', 'old']],
    [{ q: 'duration:>2s' }, ['failed']],
    [{ member: 'user_nobody' }, []],
    [{ q: 'finish:stop is:fallback' }, ['ok']],
    [{ error: 'upstream_*' }, ['failed']],
    [{ is: 'fallback,retried' }, ['ok', 'failed']],
    [{ q: 'is:fallback' }, ['ok']],
    [{ q: 'is:retried' }, ['failed']],
    [{ q: 'overlo' }, []],
    [{ q: 'upstream' }, ['failed']],
    [{ range: '7d' }, ['ok', 'failed']],
    [{ from: new Date(NOW - 30 * 24 * HOUR).toISOString(), to: new Date(NOW - 3 * HOUR).toISOString() }, ['old']],
    [{ q: "model:%' OR 1=1" }, []],
  ])('%j', async (input, expected) => {
    expect(await listed(input)).toEqual(expected.map((name) => ids[name]));
  });

  it('finds an id whatever the range says', async () => {
    expect(await listed({ q: ids.old, range: '1h' })).toEqual([ids.old]);
    expect(await listed({ request_id: ids.theirs })).toEqual([]);
    expect(await listed({ q: 'req_notoneofours' })).toEqual([]);
  });
});

describe('one request', () => {
  it('is told with every digit, attempt, line and body', async () => {
    const request = await getRequest({ ctx: mine, input: { id: ids.ok } });
    expect(request).toMatchObject({
      id: ids.ok,
      status: 'completed',
      alias: 'fast-chat',
      model: 'std',
      key_name: 'Production',
      cost_usd: '0.180000001',
      price_card_id: 'card_1',
      usage: { input_tokens: 10, cached_input_tokens: 0, output_tokens: 20, reasoning_tokens: null },
      cost_lines: [
        { item: 'input', tokens: 10, rate_usd_per_million: '2.000000', amount_usd: '0.000020' },
        { item: 'output', tokens: 20, rate_usd_per_million: '8.000000', amount_usd: '0.179980001' },
      ],
      candidates_left_out: [{ model: 'down', reason: 'circuit open' }],
      timings: { auth: 0.1, hold: 0.3 },
      error: null,
    });
    expect(
      request.attempts.map(({ index, reason, chosen, left_for, outcome, offset_ms }) => ({ index, reason, chosen, left_for, outcome, offset_ms })),
    ).toEqual([
      { index: 0, reason: 'primary', chosen: 'priority 1', left_for: 'the next target', outcome: 'server', offset_ms: 1.2 },
      { index: 1, reason: 'fallback', chosen: null, left_for: null, outcome: 'completed', offset_ms: 140.5 },
    ]);
    expect(request.bodies.request?.text).toContain('你好');
    expect(request.bodies.response).toEqual({ text: '{"choices":[]}', bytes: 14, truncated: false });
  });

  it('of another organization is as missing as one that never was', async () => {
    const missing = 'req_00000000aaaaaaaaaaaaaa';
    const errors = await Promise.all(
      [ids.theirs, missing, 'req_x', "' OR 1=1"].map((id) => getRequest({ ctx: mine, input: { id } }).catch((error: unknown) => error)),
    );
    expect(errors.map((error) => [(error as { code: string }).code, (error as Error).message])).toEqual(
      Array(4).fill(['not_found', 'There is no such thing, or it is not yours.']),
    );
    await expect(getRequest({ ctx: theirs, input: { id: ids.theirs } })).resolves.toMatchObject({
      id: ids.theirs,
      attempts: [],
      bodies: { request: null, response: null },
    });
  });

  it('is not for the role that only pays', async () => {
    await expect(getRequest({ ctx: ctxOf('org_mine', 'billing'), input: { id: ids.ok } })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

it('the histogram counts what the list shows', async () => {
  const histogram = await requestHistogram({ ctx: mine, input: requestQuerySchema.parse({ range: '24h' }) });
  const sum = (name: 'ok' | 'client_error' | 'server_error'): number => histogram.bars.reduce((total, bar) => total + bar[name], 0);
  expect([sum('ok'), sum('client_error'), sum('server_error'), histogram.total]).toEqual([1, 0, 1, 2]);
  expect(histogram.bars.length).toBeLessThanOrEqual(36);
});

it('filters offer what was called', async () => {
  const facets = await requestFacets({ ctx: mine });
  expect(facets.keys).toEqual([{ id: keyId, label: 'Production', requests: 3 }]);
  expect(facets.models.map(({ id }) => id).sort()).toEqual(['qwen-plus', 'std']);
  expect(facets.aliases).toEqual([{ id: 'fast-chat', label: 'fast-chat', requests: 2 }]);
});

describe('counts beside the filters', () => {
  const counted = (input: RequestQueryInput) => countRequests({ ctx: mine, input: requestQuerySchema.parse({ range: '30d', ...input }) });

  it('say what each value of each filter stands for', async () => {
    const counts = await counted({});
    expect(counts.key_id).toEqual([{ id: keyId, label: 'Production', requests: 3 }]);
    expect(counts.status.map(({ id, requests }) => [id, requests])).toEqual([
      ['completed', 2],
      ['5xx', 1],
      ['failed', 1],
    ]);
    expect(counts.is.map(({ id, requests }) => [id, requests])).toEqual([
      ['fallback', 1],
      ['retried', 1],
    ]);
    expect(counts.tag.map(({ id }) => id)).toEqual(['feature=chat', 'feature=search']);
    expect(counts.user).toEqual([{ id: 'alice', label: 'alice', requests: 1 }]);
    expect(counts.error.map(({ id }) => id)).toEqual(['upstream_error']);
  });

  it('narrow by every choice but their own, so that a second value can be added', async () => {
    const counts = await counted({ status: 'failed', model: 'st*' });
    expect(counts.status.map(({ id }) => id)).toEqual(['5xx', 'completed', 'failed']);
    expect(counts.model.map(({ id, requests }) => [id, requests])).toEqual([['std', 1]]);
    expect(counts.user.map(({ id }) => id)).toEqual(['alice']);
    expect((await counted({ user: 'alice' })).tag.map(({ id }) => id)).toEqual(['feature=search']);
    expect((await counted({ tag: 'feature=chat' })).model.map(({ requests }) => requests)).toEqual([1]);
  });

  it('are of what the search box leaves', async () => {
    expect((await counted({ q: 'status:503' })).status.map(({ id }) => id)).toEqual(['5xx', 'completed', 'failed']);
    expect((await counted({ q: 'finish:stop -is:fallback is:estimated' })).status).toEqual([]);
    expect((await counted({ is: 'demo' })).status).toEqual([]);
  });
});

it('the list is turned by cost or time as well, without gaps or repeats', async () => {
  const pages = async (sort: 'cost' | 'duration'): Promise<string[]> => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listRequests({ ctx: mine, input: requestQuerySchema.parse({ sort, limit: 1, cursor }) });
      found.push(...page.data.map(({ id }) => id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    return found;
  };
  expect(await pages('cost')).toEqual([ids.ok, ids.failed, ids.old]);
  expect(await pages('duration')).toEqual([ids.failed, ids.ok, ids.old]);
});

it('the export is the filter, whole', async () => {
  const read = async (format: 'csv' | 'jsonl'): Promise<string[]> => {
    let text = '';
    for await (const part of exportRequests({ ctx: mine, input: { ...requestQuerySchema.parse({ alias: 'fast-chat', limit: 1 }), format } })) text += part;
    return text.trimEnd().split(/\r?\n/);
  };
  const csv = await read('csv');
  expect(csv).toHaveLength(3);
  expect(csv[1]).toContain(ids.ok);
  expect(csv[1]).toContain('0.180000001');
  expect((await read('jsonl')).map((line) => (JSON.parse(line) as { id: string }).id)).toEqual([ids.ok, ids.failed]);
});
