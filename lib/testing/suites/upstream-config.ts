/** Models of the fake upstream that the suites call; each name is the behaviour it stands for. */
const BEHAVIOURS = [
  'std', 'tiny', 'status-400', 'status-401', 'status-500', 'status-503', 'reset-before-headers', 'silent', 'slow-300', 'chunks-50-every-100', 'cut-after-4', 'malformed-at-3',
  'error-at-1', 'error-at-4', 'no-done', 'no-finish', 'no-usage', 'zero-usage', 'absurd-usage', 'negative-usage', 'cached-usage', 'usage-on-finish', 'usage-on-every-chunk', 'crlf', 'cr',
  'no-space', 'multiline', 'comments', 'bom', 'split-utf8', 'one-byte-writes', 'one-write', 'big-chunk', 'gzip', 'br', 'html', 'empty', 'json-for-stream', 'deflate', 'slow-900',
];

/** `fairlead.yaml` over a fake upstream, whose failures in one case must not cool it down for the next: prices of the acceptance cases (std 2 / 0.50 / 2.50 / 8 USD per million), two aliases. */
export function upstreamConfig(upstreamUrl: string): string {
  const models = BEHAVIOURS.map((name) => {
    const prices = name === 'tiny' ? '{ currency: USD, input: "0.07", output: "0.11" }' : '{ currency: USD, input: "2.00", cachedInput: "0.50", cacheWrite: "2.50", output: "8.00" }';
    return `  - { id: ${name}, provider: u1, contextWindow: 128000, maxOutputTokens: 4096, capabilities: [tools, vision, json], prices: ${prices} }`;
  });
  return `apiVersion: fairlead/v1
providers:
  - id: u1
    adapter: openai-compatible
    baseUrl: ${upstreamUrl}/v1
    credentials: [{ name: main, secret: "\${env:U1_KEY}" }]
    timeouts: { connectMs: 1000, firstTokenMs: 2000, idleMs: 2000, totalMs: 20000 }
    breaker: { failures: 1000, coolDownMs: 1, maxCoolDownMs: 1 }
  - id: drainer
    adapter: openai-compatible
    baseUrl: ${upstreamUrl}/v1
    credentials: [{ name: main, secret: "\${env:U1_KEY}" }]
    onClientDisconnect: drain
  - id: brittle
    adapter: openai-compatible
    baseUrl: ${upstreamUrl}/v1
    credentials: [{ name: main, secret: "\${env:U1_KEY}" }]
    breaker: { failures: 4, coolDownMs: 3000, maxCoolDownMs: 6000 }
models:
  - { id: brittle, provider: brittle, maxOutputTokens: 4096, prices: { currency: USD, input: "2.00", output: "8.00" } }
  - { id: drained-stream, provider: drainer, upstreamModel: chunks-12-every-60, maxOutputTokens: 4096, prices: { currency: USD, input: "2.00", output: "8.00" } }
  - { id: drained-whole, provider: drainer, upstreamModel: slow-900, maxOutputTokens: 4096, prices: { currency: USD, input: "2.00", output: "8.00" } }
${models.join('\n')}
  - { id: reasoner, provider: u1, upstreamModel: std, maxOutputTokens: 4096, capabilities: [tools, vision, json, reasoning], prices: { currency: USD, input: "2.00", output: "8.00" } }
  - { id: unpriced, provider: u1, upstreamModel: std, maxOutputTokens: 4096 }
  - { id: embedder, provider: u1, upstreamModel: std, kind: embedding, prices: { currency: USD, input: "0.02", output: "0" } }
  - { id: painter, provider: u1, kind: image, prices: { currency: USD, input: "5.00", output: "0", image: "0.04" } }
  - { id: speaker, provider: u1, kind: audio, prices: { currency: USD, input: "0", output: "0", character: "15.00" } }
  - { id: listener, provider: u1, kind: audio, prices: { currency: USD, input: "2.50", output: "10.00" } }
  - { id: judge, provider: u1, kind: moderation, prices: { currency: USD, input: "0", output: "0" } }
  - { id: ranker, provider: u1, kind: rerank, prices: { currency: USD, input: "0.05", output: "0" } }
aliases:
  - name: main
    targets: [{ model: std, retries: 1 }]
  - name: with-fallback
    targets: [{ model: status-503, retries: 1 }, { model: std }]
  - name: via-brittle
    targets: [{ model: brittle, retries: 0 }, { model: std }]
  - name: slow-then-std
    targets: [{ model: silent, retries: 0 }, { model: std }]
plans:
  - { id: prepaid, name: Prepaid, models: { allow: ["*"] }, logRetentionDays: 7, prepaid: true }
  - { id: postpaid, name: Postpaid, models: { allow: ["*"] }, logRetentionDays: 7, prepaid: false }
  - { id: narrow, name: Narrow, models: { allow: [main, std] }, limits: { rpm: 3, concurrency: 2 }, logRetentionDays: 7, prepaid: false }
`;
}
