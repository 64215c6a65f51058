import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, officialClients } from '@/lib/testing/suites/clients';
import { inProcessGateway } from '@/lib/testing/suites/in-process';
import type { Subject } from '@/lib/testing/suites/subject';
import { isObject } from '@/lib/wire';

const PRICES = '{ currency: USD, input: "2.00", cachedInput: "0.50", cacheWrite: "2.50", output: "8.00" }';
const MODELS = ['std', 'parallel-tools', 'reasoning', 'reasoning-tool-call', 'cached-usage', 'length', 'refusal', 'tool-without-arguments'];
/** One provider of each dialect. */
const DIALECTS = { vllm: 'OpenAI’s chat', claude: 'Anthropic’s Messages', google: 'Gemini', responder: 'OpenAI’s Responses' } as const;
type Provider = keyof typeof DIALECTS;

const inProcess = await inProcessGateway(
  (url) => `apiVersion: fairlead/v1
providers:
  - { id: vllm, adapter: vllm, baseUrl: "${url}/v1", credentials: [{ name: main, secret: "\${env:U1_KEY}" }] }
  - { id: claude, adapter: anthropic, baseUrl: "${url}", credentials: [{ name: main, secret: "\${env:U1_KEY}" }] }
  - { id: google, adapter: gemini, baseUrl: "${url}", credentials: [{ name: main, secret: "\${env:U1_KEY}" }] }
  - { id: responder, adapter: openai, baseUrl: "${url}/v1", credentials: [{ name: main, secret: "\${env:U1_KEY}" }] }
models:
${Object.keys(DIALECTS)
  .flatMap((provider) =>
    MODELS.map(
      (name) =>
        `  - { id: ${provider}/${name}, provider: ${provider}, upstreamModel: ${name}, maxOutputTokens: 4096, capabilities: [tools, vision, json, reasoning${provider === 'responder' ? ', responses-only' : ''}], prices: ${PRICES} }`,
    ),
  )
  .join('\n')}
plans:
  - { id: postpaid, name: Postpaid, models: { allow: ["*"] }, logRetentionDays: 7, prepaid: false }
`,
);
let subject: Subject;
let clients: Record<'chat' | 'responses' | 'messages', Client>;
beforeAll(async () => {
  subject = inProcess.subjectOf('node');
  clients = officialClients(subject.baseUrl, (await subject.createKey({ plan: 'postpaid' })).key);
});
beforeEach(() => void (subject.upstream.requests.length = 0));

const sent = () => subject.upstream.requests.at(-1);
/** Where each dialect is spoken, whole and streamed. */
const PATHS: Record<Provider, RegExp> = { vllm: /^\/v1\/chat\/completions$/, claude: /^\/v1\/messages$/, google: /^\/v1beta\/models\/[\w-]+:(?:stream)?[gG]enerateContent$/, responder: /^\/v1\/responses$/ };
const SCHEMA = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
/** Where each dialect is told the schema, and the wish for reasoning. */
const SCHEMA_PLACES: Record<Provider, string> = {
  vllm: 'response_format.json_schema.schema',
  claude: 'output_config.format.schema',
  google: 'generationConfig.responseSchema',
  responder: 'text.format.schema',
};
const EFFORT_PLACES: Record<Provider, string> = { vllm: 'reasoning_effort', claude: 'thinking.type', google: 'generationConfig.thinkingConfig', responder: 'reasoning.effort' };
const sentAt = (path: string) => path.split('.').reduce<unknown>((inner, step) => (isObject(inner) ? inner[step] : undefined), sent()?.body);

describe.each(['chat', 'responses', 'messages'] as const)('a client of %s', (family) => {
  describe.each(Object.entries(DIALECTS) as [Provider, string][])('and a model of %s, which speaks %s', (provider) => {
    const ask = (name: string, more: object = {}) => clients[family].ask({ model: `${provider}/${name}`, text: 'Say hello', ...more });
    const stream = (name: string, more: object = {}) => clients[family].stream({ model: `${provider}/${name}`, text: 'Say hello', ...more });

    it.each(['whole', 'streamed'])('hears text, its end and its usage: %s', async (how) => {
      const answer = await (how === 'whole' ? ask : stream)('std');
      expect(answer).toMatchObject({ text: 'hello', calls: [], stop: 'end', usage: { input: 10, cached: 0, output: 20 } });
      expect(sent()?.path.replace(/\?.*$/, '')).toMatch(PATHS[provider]);
      expect(JSON.stringify(sent()?.body)).toContain('Be brief.');
    });

    it.each(['whole', 'streamed'])('hears two calls at once, with ids of their own: %s', async (how) => {
      const answer = await (how === 'whole' ? ask : stream)('parallel-tools', { tools: true });
      expect(answer).toMatchObject({
        text: 'Let me look.',
        stop: 'tools',
        calls: [
          { name: 'get_weather', arguments: { city: 'Paris' } },
          { name: 'get_time', arguments: { zone: 'Europe/Paris' } },
        ],
      });
      expect(new Set(answer.calls.map(({ id }) => id)).size).toBe(2);
      expect(JSON.stringify(sent()?.body)).toContain('get_time');
    });

    // Between two of one family the bytes are not touched: what this upstream says instead of `{}` is its own affair.
    if (family !== 'chat' || provider !== 'vllm') it.each(['whole', 'streamed'])('F03 a call without arguments has an empty object: %s', async (how) => {
      expect((await (how === 'whole' ? ask : stream)('tool-without-arguments', { tools: true })).calls).toMatchObject([{ name: 'get_date', arguments: {} }]);
    });

    it.each(['whole', 'streamed'])('brings calls, their results and its reasoning back in the next turn: %s', async (how) => {
      const first = await (how === 'whole' ? ask : stream)('reasoning-tool-call', { tools: true, effort: 'high' });
      expect(first).toMatchObject({ stop: 'tools', calls: [{ name: 'get_weather' }] });
      expect(first.reasoning).toBe('I need the weather.');
      expect(await ask('std', { tools: true, effort: 'high', after: first })).toMatchObject({ text: 'hello', stop: 'end' });
      const body = JSON.stringify(sent()?.body);
      expect(body).toContain('result of get_weather');
      expect(body).toMatch(/Paris/);
      // What is signed must come back as it was signed.
      if (provider === 'claude') expect(body).toContain('"signature":"ZmFrZS1zaWduYXR1cmU="');
      if (provider === 'google') expect(body).toContain('"thoughtSignature":"ZmFrZS10aG91Z2h0"');
      if (provider === 'vllm') expect(body).toContain('"reasoning_content":"I need the weather."');
    });

    it.each(['whole', 'streamed'])('hears reasoning apart from the text: %s', async (how) => {
      expect(await (how === 'whole' ? ask : stream)('reasoning', { effort: 'high' })).toMatchObject({ text: 'hello', reasoning: 'The user greets me; a short greeting is enough.' });
    });

    it('shows an image', async () => {
      await ask('std', { image: 'iVBORw0KGgo=' });
      expect(JSON.stringify(sent()?.body)).toContain('iVBORw0KGgo=');
    });

    it('F07 asks for structured output where the dialect has a place for it', async () => {
      await ask('std', { schema: SCHEMA });
      expect(sentAt(SCHEMA_PLACES[provider])).toMatchObject({ type: expect.stringMatching(/^object$/i), properties: { city: expect.anything() }, required: ['city'] });
    });

    it('asks for reasoning where the dialect has a place for it', async () => {
      await ask('std', { effort: 'high' });
      expect(sentAt(EFFORT_PLACES[provider])).toBeTruthy();
    });

    it.each(['whole', 'streamed'])('F08 hears that an answer ran into its limit, and that one was filtered: %s', async (how) => {
      expect((await (how === 'whole' ? ask : stream)('length')).stop).toBe('length');
      expect((await (how === 'whole' ? ask : stream)('refusal')).stop).toBe('filtered');
    });

    it.each(['whole', 'streamed'])('hears how much of its prompt was cached: %s', async (how) => {
      expect((await (how === 'whole' ? ask : stream)('cached-usage')).usage).toEqual({ input: 10, cached: 6, output: 20 });
    });
  });
});
