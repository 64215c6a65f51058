import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallTrace } from '@/lib/gateway';
import { createOtlpTraces } from './otlp-traces';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
  status: { code: number };
}

const bodies: { path: string; spans: Span[] }[] = [];
const collector = http.createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(pieces).toString()) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    bodies.push({ path: request.url ?? '', spans: body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)) });
    response.setHeader('content-type', 'application/json').end('{}');
  });
});

beforeAll(() => new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve)));
afterAll(() => collector.close());

it('a call is a span that continues the client’s trace, with one span for each attempt, and no word of what was said', async () => {
  const traces = createOtlpTraces(`http://127.0.0.1:${(collector.address() as AddressInfo).port}/`, 'proc_1');
  const attempt = { class: 'd7', day: '2026-11-25', request_id: 'req_1', org_id: 'org_1', started_at: '', upstream_model: 'm', provider_id: 'u1', credential_last4: '', cost_nano: '0' } as const;
  const call: CallTrace = {
    requestId: 'req_1',
    surface: 'chat',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    startedAtMs: 1_800_000_000_000,
    durationMs: 250,
    status: 'completed',
    errorCode: null,
    org: 'org_1',
    alias: 'fast-chat',
    requestedModel: 'fast-chat',
    model: 'b',
    provider: 'u2',
    inputTokens: 10,
    outputTokens: 20,
    attempts: [
      { ...attempt, index: 0, model_id: 'a', reason: 'primary', outcome: 'overloaded', status: 503, duration_ms: 50, offset_ms: 2 },
      { ...attempt, index: 1, model_id: 'b', reason: 'fallback', outcome: 'completed', status: 200, duration_ms: 180, offset_ms: 60 },
    ],
  };
  traces.finished(call);
  traces.finished({ ...call, requestId: 'req_2', traceparent: 'nonsense', attempts: [] });
  await traces.close();

  expect(bodies.every(({ path }) => path === '/v1/traces')).toBe(true);
  const spans = bodies.flatMap((body) => body.spans);
  expect(spans.map(({ name }) => name).sort()).toEqual(['attempt a', 'attempt b', 'chat fast-chat', 'chat fast-chat']);
  const [continued, own] = spans.filter(({ name }) => name === 'chat fast-chat') as [Span, Span];
  expect(continued).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: 'b7ad6b7169203331' });
  expect(own.traceId).not.toBe(continued.traceId);
  expect(BigInt(continued.endTimeUnixNano) - BigInt(continued.startTimeUnixNano)).toBe(250_000_000n);
  for (const span of spans.filter(({ name }) => name.startsWith('attempt'))) expect(span).toMatchObject({ traceId: continued.traceId, parentSpanId: continued.spanId });
  expect(spans.find(({ name }) => name === 'attempt a')?.status.code).toBe(2);
  const tokens = continued.attributes.find(({ key }) => key === 'gen_ai.usage.output_tokens');
  expect(tokens?.value.intValue).toBe(20);
});
