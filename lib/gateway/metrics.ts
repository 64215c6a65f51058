import { AggregatorRegistry, collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { HealthEntry } from './routing';

/** Prometheus metrics of this process. Labels are never a key, a user or anything a client chooses freely. */
export interface GatewayMetrics {
  started(): void;
  finished(call: { surface: string; provider: string; status: string; durationMs: number; gatewayMs: number | null; inputTokens: number; outputTokens: number }): void;
  attempted(provider: string, outcome: string): void;
  /** Shows breakers when asked: 1 open, 0 closed. Credentials by their last four characters. */
  watchHealth(read: () => Iterable<HealthEntry>, monotonic: () => number): void;
  /** What this process counted, for `renderTogether`. */
  snapshot(): Promise<object[]>;
  render(): Promise<{ contentType: string; body: string }>;
}

/** One exposition of what several processes counted. */
export async function renderTogether(snapshots: readonly object[][]): Promise<{ contentType: string; body: string }> {
  const register = AggregatorRegistry.aggregate(snapshots.map((snapshot) => [...snapshot]));
  return { contentType: register.contentType, body: await register.metrics() };
}

export function createGatewayMetrics(): GatewayMetrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const requests = new Counter({ name: 'fairlead_requests_total', help: 'Calls by how they ended.', labelNames: ['surface', 'provider', 'status'], registers });
  const duration = new Histogram({
    name: 'fairlead_request_duration_seconds',
    help: 'From the first header to the settled row.',
    labelNames: ['surface'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
    registers,
  });
  const overhead = new Histogram({
    name: 'fairlead_overhead_seconds',
    help: 'Time of the gateway itself, without the upstream.',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers,
  });
  const tokens = new Counter({ name: 'fairlead_tokens_total', help: 'Tokens of answered calls.', labelNames: ['type'], registers });
  const attempts = new Counter({ name: 'fairlead_attempts_total', help: 'Upstream attempts by outcome.', labelNames: ['provider', 'outcome'], registers });
  const inflight = new Gauge({ name: 'fairlead_inflight', help: 'Calls that have not ended.', registers });
  const requestsOf = childrenOf<Counter.Internal>(requests);
  const durationOf = childrenOf<Histogram.Internal<'surface'>>(duration);
  const attemptsOf = childrenOf<Counter.Internal>(attempts);
  const [inputTokens, outputTokens] = [tokens.labels('input'), tokens.labels('output')];
  return {
    started: () => inflight.inc(),
    finished(call) {
      inflight.dec();
      requestsOf(call.surface, call.provider, call.status).inc();
      durationOf(call.surface).observe(call.durationMs / 1_000);
      if (call.gatewayMs !== null) overhead.observe(call.gatewayMs / 1_000);
      if (call.inputTokens > 0) inputTokens.inc(call.inputTokens);
      if (call.outputTokens > 0) outputTokens.inc(call.outputTokens);
    },
    watchHealth(read, monotonic) {
      new Gauge({
        name: 'fairlead_breaker_open',
        help: 'Whether calls are kept away from a credential at a target.',
        labelNames: ['provider', 'model', 'credential'],
        registers,
        collect() {
          this.reset();
          const now = monotonic();
          for (const { providerId, modelId, credentialLast4, breaker } of read()) this.set({ provider: providerId, model: modelId, credential: credentialLast4 }, breaker.gate(now) === 'closed' ? 0 : 1);
        },
      });
    },
    attempted: (provider, outcome) => attemptsOf(provider, outcome).inc(),
    snapshot: () => register.getMetricsAsJSON(),
    render: async () => ({ contentType: register.contentType, body: await register.metrics() }),
  };
}

/** A metric's series by the values of its labels, each looked up once: prom-client sorts and joins labels on every call. */
function childrenOf<Child>(metric: { labels(...values: string[]): Child }): (...values: string[]) => Child {
  const children = new Map<string, Child>();
  return (...values) => {
    const name = values.join(' ');
    let child = children.get(name);
    if (!child) children.set(name, (child = metric.labels(...values)));
    return child;
  };
}
