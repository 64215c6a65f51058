import { z } from 'zod';
import { REQUEST_STATUSES } from '@/lib/services/requests/request-filters';
import { USAGE_GROUPS } from '@/lib/services/usage/usage-groups';
import { Time, Usd } from './common';

const Tokens = z.int().nonnegative().nullable().meta({ description: 'Null: the provider did not say.' });
const Ms = z.number().nonnegative().nullable();

const UsageAnswer = z.strictObject({
  input_tokens: Tokens,
  cached_input_tokens: Tokens,
  cache_write_tokens: Tokens,
  output_tokens: Tokens,
  reasoning_tokens: Tokens,
});

const row = {
  id: z.string().meta({ description: 'The x-request-id of the answer.' }),
  created_at: Time,
  finished_at: Time.nullable(),
  status: z.enum(REQUEST_STATUSES),
  http_status: z.int().nullable(),
  finish_reason: z.string().nullable(),
  stream: z.boolean(),
  surface: z.string(),
  alias: z.string().nullable(),
  model: z.string().nullable(),
  requested_model: z.string(),
  provider: z.string().nullable(),
  key_id: z.string(),
  key_name: z.string().nullable(),
  key_last4: z.string(),
  user: z.string().nullable(),
  session: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  client: z.string().nullable(),
  usage: UsageAnswer,
  usage_source: z.enum(['reported', 'estimated']).nullable(),
  usage_suspect: z.boolean(),
  cost_usd: Usd,
  provider_cost_usd: Usd,
  price_card_id: z.string().nullable(),
  cost_lines: z.array(z.strictObject({ item: z.string(), tokens: z.number(), rate_usd_per_million: Usd, amount_usd: Usd })),
  fund: z.string().nullable(),
  hold_usd: Usd.nullable(),
  ttft_ms: Ms,
  duration_ms: Ms,
  gateway_ms: Ms,
  error: z.strictObject({ code: z.string(), message: z.string().nullable(), source: z.string().nullable() }).nullable(),
  attempt_count: z.int(),
  fallback: z.boolean(),
  candidates_left_out: z.array(z.looseObject({ model: z.string(), reason: z.string() })),
  clamped: z.string().nullable(),
  simulated: z.boolean(),
  sample: z.boolean(),
};

/** Other features may add fields to a request's row; the ones named here are the promise. */
export const RequestAnswer = z.looseObject(row).meta({ id: 'Request' });

const Organization = { organization_id: z.string().meta({ description: 'Whose it is. Answered to an operator’s key.' }) };

export const InstallationRequestAnswer = RequestAnswer.extend(Organization).meta({ id: 'InstallationRequest' });

const Mapped = z.strictObject({ param: z.string(), did: z.string() });

const AttemptAnswer = z.looseObject({
  index: z.int(),
  model: z.string(),
  upstream_model: z.string(),
  provider: z.string(),
  credential_last4: z.string(),
  reason: z.string(),
  chosen: z.string().nullable().meta({ description: 'Why this target, in words.' }),
  left_for: z.string().nullable().meta({ description: 'What came after it failed, in words.' }),
  outcome: z.string(),
  status: z.int().nullable(),
  provider_request_id: z.string().nullable(),
  started_at: Time,
  offset_ms: z.number(),
  connect_ms: Ms,
  ttft_ms: Ms,
  duration_ms: Ms,
  usage: UsageAnswer,
  cost_usd: Usd,
  error_message: z.string().nullable(),
  mapped: z.array(Mapped).meta({ description: 'What reached this target in another form than the client wrote.' }),
  bad_chunks: z.int().meta({ description: 'Frames of its stream that were not JSON and were left out.' }),
});

const BodyAnswer = z.strictObject({ text: z.string(), bytes: z.int(), truncated: z.boolean() }).nullable();

export const RequestDetailAnswer = z
  .looseObject({
    ...row,
    attempts: z.array(AttemptAnswer),
    mapped: z.array(Mapped).meta({ description: 'What the target that ended the call got in another form than the client wrote.' }),
    timings: z.record(z.string(), z.unknown()).meta({ description: 'Milliseconds per stage of the gateway.' }),
    bodies: z.strictObject({ request: BodyAnswer, response: BodyAnswer }),
  })
  .meta({ id: 'RequestDetail' });

export const InstallationRequestDetailAnswer = RequestDetailAnswer.extend(Organization).meta({ id: 'InstallationRequestDetail' });

export const SumsAnswer = z
  .looseObject({
    cost_usd: Usd,
    requests: z.int(),
    errors: z.int(),
    input_tokens: z.int(),
    cached_input_tokens: z.int(),
    output_tokens: z.int(),
    reasoning_tokens: z.int(),
    retries: z.int(),
    fallbacks: z.int(),
    mean_duration_ms: z.int().nullable(),
  })
  .meta({ id: 'UsageSums' });

export const UsageSeriesAnswer = z
  .looseObject({
    from: Time,
    to: Time,
    time_zone: z.string(),
    interval: z.enum(['hour', 'day']),
    group: z.enum(USAGE_GROUPS),
    buckets: z.array(z.string()),
    groups: z.array(z.looseObject({ id: z.string(), label: z.string(), totals: SumsAnswer, previous: SumsAnswer, points: z.array(SumsAnswer) })),
    totals: SumsAnswer,
    previous: SumsAnswer,
    previous_points: z.array(SumsAnswer),
  })
  .meta({ id: 'Usage' });
