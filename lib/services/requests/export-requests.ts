import { csvLine } from '@/lib/format/csv';
import { type Ctx, requireRight } from '@/lib/services/context';
import { requireFeature } from '@/lib/services/orgs/plan-features';
import { withOrg } from '@/lib/store';
import type { RequestQuery } from './request-filters';
import type { RequestJson } from './request-json';
import { readRequestPage } from './list-requests';

const PAGE_ROWS = 500;
const COLUMNS: [string, (request: RequestJson) => string | number | boolean | null][] = [
  ['id', (r) => r.id],
  ['created_at', (r) => r.created_at],
  ['status', (r) => r.status],
  ['http_status', (r) => r.http_status],
  ['finish_reason', (r) => r.finish_reason],
  ['surface', (r) => r.surface],
  ['stream', (r) => r.stream],
  ['alias', (r) => r.alias],
  ['model', (r) => r.model],
  ['provider', (r) => r.provider],
  ['key_id', (r) => r.key_id],
  ['key_name', (r) => r.key_name],
  ['user', (r) => r.user],
  ['session', (r) => r.session],
  [
    'tags',
    (r) =>
      Object.entries(r.tags)
        .map(([name, value]) => `${name}=${value}`)
        .join(';'),
  ],
  ['input_tokens', (r) => r.usage.input_tokens],
  ['cached_input_tokens', (r) => r.usage.cached_input_tokens],
  ['cache_write_tokens', (r) => r.usage.cache_write_tokens],
  ['output_tokens', (r) => r.usage.output_tokens],
  ['reasoning_tokens', (r) => r.usage.reasoning_tokens],
  ['usage_source', (r) => r.usage_source],
  ['cost_usd', (r) => r.cost_usd],
  ['price_card_id', (r) => r.price_card_id],
  ['ttft_ms', (r) => r.ttft_ms],
  ['duration_ms', (r) => r.duration_ms],
  ['gateway_ms', (r) => r.gateway_ms],
  ['attempts', (r) => r.attempt_count],
  ['fallback', (r) => r.fallback],
  ['error_code', (r) => r.error?.code ?? null],
  ['error_message', (r) => r.error?.message ?? null],
];

/** Every request of a filter as lines of CSV or JSONL, read page by page: memory and transactions stay small however many there are. */
export async function* exportRequests({ ctx, input }: { ctx: Ctx; input: RequestQuery & { format: 'csv' | 'jsonl' } }): AsyncGenerator<string> {
  requireRight(ctx, 'logs:read');
  await requireFeature(ctx, 'exports');
  if (input.format === 'csv') yield csvLine(COLUMNS.map(([name]) => name));
  let cursor: string | undefined;
  do {
    const page = await withOrg(ctx.orgId, (tx) => readRequestPage(tx, ctx.orgId, { ...input, limit: PAGE_ROWS, cursor }));
    yield page.data.map((request) => (input.format === 'csv' ? csvLine(COLUMNS.map(([, read]) => read(request))) : `${JSON.stringify(request)}\n`)).join('');
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
}
