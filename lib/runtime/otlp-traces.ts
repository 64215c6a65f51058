import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { CallTrace, CallTraces } from '@/lib/gateway';
import { version } from '@/package.json';

/** OpenTelemetry's names of our surfaces (GenAI semantic conventions). */
const OPERATIONS: Readonly<Record<string, string>> = { completions: 'text_completion', embeddings: 'embeddings' };

/** Sends finished calls as spans to an OpenTelemetry collector (OTLP over HTTP), in batches and never in a call's way. */
export function createOtlpTraces(endpoint: string, processId: string): CallTraces {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'fairlead', 'service.version': version, 'service.instance.id': processId }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` }), { scheduledDelayMillis: 1_000 })],
  });
  const tracer = provider.getTracer('fairlead', version);
  return {
    finished: (call) => tell(tracer, call),
    close: () => provider.shutdown(),
  };
}

function tell(tracer: Tracer, call: CallTrace): void {
  const operation = OPERATIONS[call.surface] ?? 'chat';
  const span = tracer.startSpan(
    `${operation} ${call.alias ?? call.requestedModel ?? 'unknown'}`,
    {
      kind: SpanKind.SERVER,
      startTime: call.startedAtMs,
      attributes: {
        'gen_ai.operation.name': operation,
        'gen_ai.request.model': call.requestedModel ?? undefined,
        'gen_ai.response.model': call.model ?? undefined,
        'gen_ai.provider.name': call.provider ?? undefined,
        'gen_ai.usage.input_tokens': call.inputTokens,
        'gen_ai.usage.output_tokens': call.outputTokens,
        'error.type': call.errorCode ?? undefined,
        'fairlead.request_id': call.requestId,
        'fairlead.organization_id': call.org ?? undefined,
        'fairlead.alias': call.alias ?? undefined,
        'fairlead.status': call.status,
      },
    },
    parentOf(call.traceparent),
  );
  const below = trace.setSpan(ROOT_CONTEXT, span);
  for (const attempt of call.attempts) {
    const startMs = call.startedAtMs + attempt.offset_ms;
    const child = tracer.startSpan(
      `attempt ${attempt.model_id}`,
      {
        kind: SpanKind.CLIENT,
        startTime: startMs,
        attributes: {
          'gen_ai.provider.name': attempt.provider_id,
          'gen_ai.request.model': attempt.upstream_model,
          'http.response.status_code': attempt.status,
          'fairlead.attempt': attempt.index,
          'fairlead.reason': attempt.reason,
          'fairlead.outcome': attempt.outcome,
        },
      },
      below,
    );
    if (attempt.outcome !== 'completed') child.setStatus({ code: SpanStatusCode.ERROR, message: attempt.outcome });
    child.end(startMs + (attempt.duration_ms ?? 0));
  }
  if (call.errorCode !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: call.errorCode });
  span.end(call.startedAtMs + call.durationMs);
}

/** The span that the client's own trace continues, or none. */
function parentOf(traceparent: string | null): Context {
  const match = traceparent === null ? null : /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent);
  if (!match?.[1] || !match[2] || /^0+$/.test(match[1]) || /^0+$/.test(match[2])) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId: match[1], spanId: match[2], traceFlags: Number.parseInt(match[3] ?? '01', 16), isRemote: true });
}
