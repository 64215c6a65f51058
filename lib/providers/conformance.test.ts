import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Usage } from '@/lib/kernel/usage';
import { isObject } from '@/lib/wire/call';
import { callsOf, cutBytes, nativeFinish, RECORDINGS, readRecording, readStream, type Recording, surfacesFor, textOf } from './recordings';
import { ADAPTERS, findDialect, surfacesOf } from './registry';

const MESSAGE = [{ role: 'user', content: 'Hello' }];
/** Up to this size a recording is cut at every single offset. */
const SMALL_BYTES = 1_600;

/** The manifest says "timeout" where we name the deadline that passed. */
const CLASSES: Record<string, string> = { timeout: 'first_token_timeout' };
/** Kinds that a loop may ask the same target again for, in the manifest's word. */
const RETRYABLE = new Set(['rate_limit', 'overloaded', 'server', 'first_token_timeout']);

const FAULTS = ['auth', 'rate_limit', 'overloaded', 'server', 'bad_request'];
const MORE_FAULTS = ['quota_exhausted', 'context_length', 'not_found', 'timeout'];
/** The providers most installations begin with. */
const FIRST = new Set(['openai', 'deepseek', 'qwen', 'kimi', 'glm', 'doubao', 'anthropic', 'gemini']);

/** "None" and "not said" are the same fact where the manifest says 0 for a provider that leaves the field out. */
function expectUsage(usage: Usage | null, expected: Recording['expect']['usage']) {
  if (expected === undefined) return;
  if (expected === null) return expect(usage).toBeNull();
  expect(usage).toEqual({ cacheWrite1h: 0, ...expected, reasoning: expected.reasoning === 0 ? (usage?.reasoning ?? null) : expected.reasoning });
  if (expected.reasoning === 0) expect(usage?.reasoning ?? 0).toBe(0);
}

// A translated chunk says when it was made: the clock stands still from before the first reading, which is made while tests are collected.
vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-01T00:00:00Z') });
afterAll(() => void vi.useRealTimers());

for (const adapter of ADAPTERS.filter(({ id }) => id !== 'demo')) {
  describe(adapter.label, () => {
    const dialect = findDialect(adapter.dialect);
    const quirks = adapter.quirks ?? {};
    const recordings = RECORDINGS.filter(({ provider }) => provider === adapter.id);
    const of = (kind: Recording['kind']) => recordings.filter((recording) => recording.kind === kind);

    it('is recorded in every kind: text and tools, whole and streamed, cached and reasoned, and the faults a loop has to tell apart', () => {
      const has = (kind: Recording['kind'], what: (expected: Recording['expect']) => unknown) => of(kind).some((recording) => what(recording.expect));
      for (const kind of ['stream', 'nonstream'] as const) expect(has(kind, ({ finish }) => /^(stop|end_turn|STOP|tool_calls|tool_use)$/.test(finish ?? ''))).toBe(true);
      expect(has('stream', ({ text }) => text === 'Hello! How can I help you today?')).toBe(true);
      expect(has('stream', ({ tools }) => tools?.length === 2) || has('stream', ({ finish }) => finish === 'tool_calls')).toBe(true);
      expect(has('stream', ({ usage }) => usage?.cacheRead)).toBe(true);
      expect(has('stream', ({ usage, reasoning }) => usage?.reasoning ?? reasoning)).toBe(true);
      const classes = new Set(of('error').map((recording) => recording.expect.class));
      for (const wanted of FIRST.has(adapter.id) ? [...FAULTS, ...MORE_FAULTS] : FAULTS) expect(classes, wanted).toContain(wanted);
    });

    for (const recording of of('stream')) {
      for (const surface of surfacesFor(adapter, recording)) {
        describe(`${recording.file} on ${surface}`, () => {
          const { expect: expected } = recording;
          const bytes = readRecording(recording);
          const whole = readStream(adapter, surface, [bytes]);
          const isChat = surface === 'chat' || surface === 'completions';

          it('means what the manifest says', () => {
            if (expected.text !== undefined) expect(textOf(whole.parts, 'text')).toBe(expected.text);
            if (expected.reasoning !== undefined) expect(textOf(whole.parts, 'reasoning')).toBe(expected.reasoning);
            if (expected.partialText !== undefined) expect(textOf(whole.parts, 'text')).toBe(expected.partialText);
            if (expected.comments !== undefined) expect(whole.parts.filter((part) => part.kind === 'comment')).toHaveLength(expected.comments);
            if (expected.error) expect(whole.parts.find((part) => part.kind === 'error')).toMatchObject({ fault: { kind: expected.error.class } });
            if (expected.tools && isChat) expect(callsOf(whole.parts)).toMatchObject(expected.tools);
            const finish = whole.parts.find((part) => part.kind === 'finish');
            if (expected.finish !== undefined) expect(finish && nativeFinish(finish.chunk, finish.finish)).toBe(expected.finish);
            if (expected.usagePartial) expect(whole.prompt).toMatchObject(expected.usagePartial);
            expectUsage(whole.usage, expected.usage);
            expect(whole.suspect).toBe(false);
          });

          it('reads the same however its bytes are cut', () => {
            const oneByOne = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
            expect(readStream(adapter, surface, oneByOne)).toEqual(whole);
            const same = JSON.stringify(whole);
            if (bytes.length <= SMALL_BYTES) {
              for (let at = 1; at < bytes.length; at++) {
                expect(JSON.stringify(readStream(adapter, surface, [bytes.subarray(0, at), bytes.subarray(at)])) === same, `cut at ${at}`).toBe(true);
              }
            }
            for (let seed = 1; seed <= 25; seed++) expect(JSON.stringify(readStream(adapter, surface, cutBytes(bytes, seed))) === same, `seed ${seed}`).toBe(true);
          });

          it('reads the same with LF, CRLF and lone CR', () => {
            for (const end of ['\n', '\r\n', '\r']) {
              const other = Buffer.from(bytes.toString('utf8').replace(/\r?\n/g, end));
              expect(readStream(adapter, surface, cutBytes(other, 3)), JSON.stringify(end)).toEqual(whole);
            }
          });

          it('forwards frames of one line, and usage once and apart where the surface has it so', () => {
            for (const part of whole.parts) {
              if (!('chunk' in part) || part.frame === '') continue;
              expect(JSON.parse(part.frame)).toEqual(part.chunk);
              expect(part.frame).not.toMatch(/[\r\n]/);
              if (!isChat) continue;
              if (part.kind === 'usage') expect(part.chunk.choices).toEqual([]);
              else expect(isObject(part.chunk.usage)).toBe(false);
            }
            if (!isChat) return;
            const kinds = whole.parts.map((part) => part.kind);
            expect(kinds.filter((kind) => kind === 'usage')).toHaveLength(whole.usage ? 1 : 0);
            if (whole.usage) expect(kinds.indexOf('usage')).toBeGreaterThan(kinds.lastIndexOf('finish'));
          });
        });
      }
    }

    for (const recording of of('nonstream')) {
      for (const surface of surfacesFor(adapter, recording)) {
        it(`understands ${recording.file} on ${surface}, whole and where a stream was asked for`, () => {
          const { expect: expected } = recording;
          const reply = dialect.decode(surface, readRecording(recording), quirks);
          if ('fault' in reply) throw new Error(reply.fault.message);
          if (expected.text !== undefined) expect(reply.text).toBe(expected.text);
          if (expected.reasoning !== undefined) expect(reply.reasoning).toBe(expected.reasoning);
          expectUsage(reply.usage, expected.usage);
          expect(reply.usageSuspect).toBe(false);
          if (expected.finish !== undefined) expect(nativeFinish(reply.json, reply.finish)).toBe(expected.finish);
          expect(JSON.parse(reply.frame)).toEqual(reply.json);
          if (surface !== 'chat' && surface !== 'messages' && surface !== 'responses') return;

          const streamed = readStream(adapter, surface, cutBytes(readRecording(recording), 5));
          expect(textOf(streamed.parts, 'text')).toBe(reply.text);
          expect(textOf(streamed.parts, 'reasoning')).toBe(reply.reasoning);
          expect(streamed.usage).toEqual(reply.usage);
          expect(streamed.parts.at(-1)?.kind).toBe('done');
        });
      }
    }

    for (const recording of of('error')) {
      it(`classifies ${recording.file} as ${recording.expect.class}`, () => {
        const bytes = readRecording(recording);
        const decoded = recording.status === 200 ? dialect.decode('chat', bytes, quirks) : null;
        const fault = decoded === null ? dialect.fault(recording.status, recording.headers ?? {}, bytes, quirks) : 'fault' in decoded ? decoded.fault : null;
        const kind = CLASSES[recording.expect.class ?? ''] ?? recording.expect.class;
        expect(fault).toMatchObject({ kind });
        expect(RETRYABLE.has(fault?.kind ?? '')).toBe(recording.expect.retryable);
        if (recording.expect.retryable) expect(fault?.retry).not.toBe('never');
        else expect(fault?.retry).not.toBe('same');
        expect(fault?.message).toMatch(/\S/);
        if (recording.headers?.['retry-after-ms']) expect(fault?.retryAfterMs).toBe(Number(recording.headers['retry-after-ms']));
        else if (recording.headers?.['retry-after'] && recording.expect.retryable) expect(fault?.retryAfterMs).toBe(Number(recording.headers['retry-after']) * 1000);
      });
    }

    if (adapter.dialect === 'openai-chat') it('sends the body on with its unknown fields, and asks for usage unless it is told anyway', () => {
      const body = { model: 'fast-chat', messages: MESSAGE, stream: true, made_up: { by: 'a client' }, logprobs: true };
      const encoded = dialect.encode({ surface: 'chat', body, stream: true, wantsUsage: false }, { upstreamModel: 'their-model', quirks });
      const sent = JSON.parse(String(encoded.body)) as Record<string, unknown>;
      expect(encoded.path).toBe('/chat/completions');
      expect(sent).toMatchObject({ model: 'their-model', messages: MESSAGE, stream: true, made_up: { by: 'a client' }, logprobs: true });
      expect(sent.stream_options).toEqual((quirks.streamUsage ?? 'ask') === 'ask' ? { include_usage: true } : undefined);
      expect(body).toEqual({ model: 'fast-chat', messages: MESSAGE, stream: true, made_up: { by: 'a client' }, logprobs: true });
    });

    it('takes chat, asks for its own model and never for another path than its own', () => {
      expect(surfacesOf(adapter)).toContain('chat');
      for (const stream of [true, false]) {
        const call = { surface: 'chat' as const, body: { model: 'fast-chat', messages: MESSAGE, stream }, stream, wantsUsage: false };
        const encoded = dialect.encode(call, { upstreamModel: 'their-model', quirks });
        expect(encoded.path).toMatch(/^\/[\w/.:?=-]+$/);
        expect(encoded.path + String(encoded.body)).toContain('their-model');
        expect(encoded.path + String(encoded.body)).not.toContain('fast-chat');
      }
    });

    it('carries the key in a header and nowhere else', () => {
      expect(JSON.stringify(adapter.authorize('secret-of-the-test'))).toContain('secret-of-the-test');
      for (const url of Object.values(adapter.baseUrls)) expect(url).not.toMatch(/\/$/);
    });
  });
}

it('every recording belongs to a provider of the registry', () => {
  const ids = new Set(ADAPTERS.map(({ id }) => id));
  expect(RECORDINGS.filter(({ provider }) => !ids.has(provider))).toEqual([]);
});
