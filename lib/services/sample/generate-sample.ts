import { gzipSync } from 'node:zlib';
import { type CompiledCard, catalogueCard, compileCard, findCatalogueModel, price } from '@/lib/catalog';
import { newId, type RequestId } from '@/lib/kernel/ids';
import type { Usage } from '@/lib/kernel/usage';
import type { AttemptRow, RequestRow } from '@/lib/ledger';
import { createDraw, type Draw } from './random';
import { OUTAGE, SAMPLE_ALIASES, SAMPLE_KEYS, SAMPLE_TALKS, SAMPLE_USERS, type SampleAlias, type SampleKey, type SampleTarget, SECOND_FEATURE, SPIKE_DAY } from './scenario';

export const SAMPLE_DAYS = 30;
/** Log partitions that keep a day more than the sample is long. */
export const SAMPLE_CLASS = 'd31';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CALLS_A_WORKDAY = 225;
const CALLS_A_WEEKEND_DAY = 95;
const SPIKE = 3.2;
/** Calls of the last days have their conversation with them; older ones show what a log without bodies looks like. */
const DAYS_WITH_BODIES = 5;

export interface SampleBody {
  request_id: RequestId;
  side: 'request' | 'response';
  /** Gzipped, base64. */
  content: string;
  bytes: number;
}

export interface SampleDay {
  day: string;
  rows: RequestRow[];
  attempts: AttemptRow[];
  bodies: SampleBody[];
}

/** A key of the sample, as it was created for the organization. */
export interface LoadedKey {
  id: string;
  last4: string;
}

interface Call {
  id: RequestId;
  atMs: number;
  key: SampleKey;
  loaded: LoadedKey;
  alias: SampleAlias;
  draw: Draw;
}

/**
 * Thirty days of calls up to `nowMs`: weekdays and weekends, a spike, a provider's outage that fallback carries, refused and
 * failed calls, answers that cost nothing. The same seed and time give the same days, but for the ids.
 */
export function generateSample(input: { orgId: string; nowMs: number; keys: ReadonlyMap<string, LoadedKey>; seed?: number }): SampleDay[] {
  const today = Math.floor(input.nowMs / DAY_MS) * DAY_MS;
  return Array.from({ length: SAMPLE_DAYS }, (_, index) => {
    const back = SAMPLE_DAYS - 1 - index;
    return generateDay(input, today - back * DAY_MS, back, createDraw((input.seed ?? 20_261_125) + index));
  });
}

function generateDay({ orgId, nowMs, keys }: { orgId: string; nowMs: number; keys: ReadonlyMap<string, LoadedKey> }, startMs: number, back: number, draw: Draw): SampleDay {
  const weekday = new Date(startMs).getUTCDay();
  const usual = weekday === 0 || weekday === 6 ? CALLS_A_WEEKEND_DAY : CALLS_A_WORKDAY;
  const calls = Math.round(usual * (0.9 + draw.unit() * 0.2) * (back === SPIKE_DAY ? SPIKE : 1));
  const day: SampleDay = { day: new Date(startMs).toISOString().slice(0, 10), rows: [], attempts: [], bodies: [] };
  for (let i = 0; i < calls; i++) {
    const key = draw.weighted(SAMPLE_KEYS, ({ share }) => share);
    const hour = draw.weighted([...key.hours.keys()], (at) => key.hours[at] ?? 0);
    const atMs = startMs + hour * HOUR_MS + draw.below(HOUR_MS);
    if (atMs >= nowMs) continue;
    const loaded = keys.get(key.name);
    if (!loaded) throw new RangeError(`the sample has no key ${key.name}`);
    const alias = draw.weighted(SAMPLE_ALIASES, ({ share }) => share);
    addCall(day, orgId, { id: newId('req', atMs), atMs, key, loaded, alias, draw }, back);
  }
  return day;
}

function addCall(day: SampleDay, orgId: string, call: Call, back: number): void {
  const { draw, alias, key, atMs } = call;
  const feature = key.name === SECOND_FEATURE.key && draw.chance(SECOND_FEATURE.share) ? SECOND_FEATURE.feature : key.feature;
  const row: RequestRow = {
    class: SAMPLE_CLASS,
    day: day.day,
    id: call.id,
    org_id: orgId,
    process_id: 'sample',
    created_at: new Date(atMs).toISOString(),
    status: 'completed',
    http_status: 200,
    surface: 'chat',
    stream: draw.chance(0.6),
    key_id: call.loaded.id,
    key_last4: call.loaded.last4,
    alias: alias.name,
    requested_model: alias.name,
    model_id: alias.primary.model,
    provider_id: alias.primary.provider,
    user_tag: draw.pick(SAMPLE_USERS),
    session_tag: `session-${draw.below(400)}`,
    tags: { feature, team: key.team },
    client: draw.pick(['openai-python/3.4.0', 'openai-node/6.49.0', 'curl/8.14.1']),
    usage_suspect: false,
    cost_nano: '0',
    provider_cost_nano: '0',
    attempt_count: 0,
    fallback: false,
    simulated: false,
    sample: true,
  };
  day.rows.push(row);
  if (draw.chance(0.012)) return refuse(row, draw);
  const attempts = answer(row, call, isOutage(call, back));
  day.attempts.push(...attempts);
  if (back < DAYS_WITH_BODIES && row.status === 'completed') day.bodies.push(...bodiesOf(row, draw));
}

function isOutage({ alias, atMs }: Call, back: number): boolean {
  const hour = new Date(atMs).getUTCHours();
  return back === OUTAGE.day && alias.primary.provider === OUTAGE.provider && hour >= OUTAGE.fromHour && hour < OUTAGE.toHour;
}

/** Never reached a provider: a limit, or a name that does not exist. */
function refuse(row: RequestRow, draw: Draw): void {
  const limited = draw.chance(0.7);
  Object.assign(row, {
    status: 'refused',
    http_status: limited ? 429 : 404,
    finished_at: row.created_at,
    duration_ms: 2,
    gateway_ms: 2,
    model_id: '',
    provider_id: '',
    error_code: limited ? 'rate_limit_exceeded' : 'model_not_found',
    error_message: limited ? 'The plan Free allows 60 requests a minute; try again in 12 s.' : 'The model `fast-chta` does not exist or your key may not use it. Did you mean `fast-chat`?',
    error_source: 'gateway',
    ...(limited ? {} : { requested_model: 'fast-chta', alias: '' }),
  });
}

function answer(row: RequestRow, call: Call, outage: boolean): AttemptRow[] {
  const { draw, alias } = call;
  const attempts: AttemptRow[] = [];
  let offsetMs = 1 + draw.unit();
  const tryTarget = (target: SampleTarget, reason: AttemptRow['reason'], fails: boolean): number => {
    const ttftMs = draw.around(target.ttftMs, 0.35);
    const durationMs = fails ? draw.around(1_800, 0.3) : ttftMs;
    attempts.push({
      class: row.class,
      day: row.day,
      request_id: row.id,
      index: attempts.length,
      org_id: row.org_id,
      started_at: new Date(call.atMs + offsetMs).toISOString(),
      model_id: target.model,
      upstream_model: target.model,
      provider_id: target.provider,
      credential_last4: 'smpl',
      reason,
      outcome: fails ? 'overloaded' : 'completed',
      status: fails ? 503 : 200,
      connect_ms: draw.around(9, 0.4),
      ttft_ms: fails ? undefined : ttftMs,
      duration_ms: durationMs,
      offset_ms: offsetMs,
      cost_nano: '0',
      error_message: fails ? 'The service is overloaded, please try again later.' : undefined,
    });
    offsetMs += durationMs;
    return ttftMs;
  };

  let target = alias.primary;
  if (outage || draw.chance(0.015)) {
    tryTarget(target, 'primary', true);
    if (outage || draw.chance(0.5)) tryTarget(target, 'retry', true);
    if (draw.chance(outage ? 0.06 : 0.15)) {
      tryTarget(alias.fallback, 'fallback', true);
      return fail(row, attempts, offsetMs);
    }
    target = alias.fallback;
  }
  const ttftMs = tryTarget(target, attempts.length > 0 ? 'fallback' : 'primary', false);
  const usage = usageOf(alias, target, draw);
  const last = attempts[attempts.length - 1] as AttemptRow;
  const totalMs = ttftMs + (usage.output / target.tokensPerSecond) * 1_000;
  const startMs = last.offset_ms;
  last.duration_ms = totalMs;
  charge(row, last, usage, target, call.atMs);
  Object.assign(row, {
    model_id: target.model,
    provider_id: target.provider,
    attempt_count: attempts.length,
    fallback: attempts.length > 1 && last.reason === 'fallback',
    finish_reason: draw.chance(0.03) ? 'length' : 'stop',
    ttft_ms: startMs + ttftMs,
    duration_ms: startMs + totalMs + 1.5,
    gateway_ms: 1.5 + draw.unit(),
    timings: { auth: 0.04, policy: 0.03, limits: 0.02, hold: 0.3, settle: 1.1 },
    finished_at: new Date(call.atMs + startMs + totalMs + 1.5).toISOString(),
  });
  return attempts;
}

function fail(row: RequestRow, attempts: AttemptRow[], offsetMs: number): AttemptRow[] {
  const last = attempts[attempts.length - 1] as AttemptRow;
  Object.assign(row, {
    status: 'failed',
    http_status: 502,
    model_id: last.model_id,
    provider_id: last.provider_id,
    attempt_count: attempts.length,
    fallback: true,
    duration_ms: offsetMs,
    gateway_ms: 2,
    finished_at: new Date(Date.parse(row.created_at) + offsetMs).toISOString(),
    error_code: 'upstream_error',
    error_message: 'The service is overloaded, please try again later.',
    error_source: 'provider',
  });
  return attempts;
}

function usageOf(alias: SampleAlias, target: SampleTarget, draw: Draw): Usage {
  // Some providers now and then count nothing, and say so: the answer is free, which is not the same as unknown.
  if (draw.chance(0.006)) return { input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output: 0, reasoning: 0 };
  const input = Math.max(12, Math.round(draw.around(alias.input, 0.6)));
  const reasoning = target.reasons ? Math.round(draw.around(alias.output * 0.8, 0.5)) : 0;
  const output = Math.max(4, Math.round(draw.around(alias.output, 0.7))) + reasoning;
  const cacheRead = draw.chance(0.45) ? Math.min(input - 1, Math.floor((input * (0.3 + draw.unit() * 0.6)) / 64) * 64) : 0;
  return { input, cacheRead, cacheWrite: 0, cacheWrite1h: 0, output, reasoning };
}

function charge(row: RequestRow, attempt: AttemptRow, usage: Usage, target: SampleTarget, atMs: number): void {
  const { total, lines } = price(usage, cardOf(target), atMs);
  Object.assign(row, {
    input_tokens: usage.input,
    cached_tokens: usage.cacheRead,
    cache_write_tokens: 0,
    output_tokens: usage.output,
    reasoning_tokens: usage.reasoning,
    usage_source: 'reported',
    cost_nano: total.toString(),
    provider_cost_nano: total.toString(),
    cost_lines: lines.map((line) => ({ item: line.item, tokens: line.tokens, rate_nano: line.rate.toString(), amount_nano: line.amount.toString() })),
    ...(total > 0n && { fund: 'demo' }),
  });
  Object.assign(attempt, { input_tokens: usage.input, cached_tokens: usage.cacheRead, output_tokens: usage.output, reasoning_tokens: usage.reasoning, cost_nano: total.toString() });
}

const cards = new Map<string, CompiledCard>();

function cardOf({ adapter, model }: SampleTarget): CompiledCard {
  let card = cards.get(model);
  if (card) return card;
  const known = findCatalogueModel(adapter, model);
  const listed = known && catalogueCard(known, null);
  if (!listed) throw new RangeError(`the catalogue has no price of ${model}`);
  card = compileCard({ id: `sample:${model}`, ...listed });
  cards.set(model, card);
  return card;
}

function bodiesOf(row: RequestRow, draw: Draw): SampleBody[] {
  const talk = draw.pick(SAMPLE_TALKS.filter(({ alias }) => alias === row.alias));
  const request = { model: row.alias, messages: [{ role: 'user', content: talk.prompt }], ...(row.stream && { stream: true }) };
  const response = {
    id: `chatcmpl-${row.id.slice(-12)}`,
    object: 'chat.completion',
    created: Math.floor(Date.parse(row.created_at) / 1_000),
    model: row.model_id,
    choices: [{ index: 0, message: { role: 'assistant', content: talk.answer }, finish_reason: row.finish_reason }],
  };
  return [body(row.id, 'request', JSON.stringify(request)), body(row.id, 'response', JSON.stringify(response))];
}

function body(id: RequestId, side: SampleBody['side'], text: string): SampleBody {
  return { request_id: id, side, content: gzipSync(text).toString('base64'), bytes: Buffer.byteLength(text) };
}
