import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Usage } from '@/lib/kernel/usage';
import { isObject } from '@/lib/wire/call';
import type { Adapter, StreamPart } from './contract';
import { ADAPTERS, findDialect } from './registry';

interface Entry {
  file: string;
  provider: string;
  kind: 'stream' | 'nonstream' | 'error';
  status: number;
  headers?: Record<string, string>;
  expect: {
    text?: string;
    partialText?: string;
    reasoning?: string;
    usage?: Pick<Usage, 'input' | 'cacheRead' | 'cacheWrite' | 'output' | 'reasoning'> | null;
    finish?: string;
    class?: string;
    retryable?: boolean;
    error?: { class: string };
    comments?: number;
  };
}

const FOLDER = path.join(import.meta.dirname, '__fixtures__');
const { files } = JSON.parse(readFileSync(path.join(FOLDER, 'manifest.json'), 'utf8')) as { files: Entry[] };
const MESSAGE = [{ role: 'user', content: 'Hello' }];

/** The manifest says "timeout" where we name the deadline that passed. */
const CLASSES: Record<string, string> = { timeout: 'first_token_timeout' };
/** Kinds that a loop may ask the same target again for, in the manifest's word. */
const RETRYABLE = new Set(['rate_limit', 'overloaded', 'server', 'first_token_timeout']);

const read = (entry: Entry) => readFileSync(path.join(FOLDER, entry.file));
const entriesOf = (adapter: Adapter, kind: Entry['kind']) => files.filter((entry) => entry.provider === adapter.id && entry.kind === kind);
const textOf = (parts: StreamPart[], side: 'text' | 'reasoning') =>
  parts.map((part) => (part.kind === 'content' || part.kind === 'finish' ? part[side] : '')).join('');

function readStream(adapter: Adapter, pieces: Uint8Array[]) {
  const reader = findDialect(adapter.dialect).reader('chat', adapter.quirks ?? {});
  const parts = pieces.flatMap((piece) => reader.push(piece));
  parts.push(...reader.end());
  return { parts, usage: reader.usage(), suspect: reader.usageSuspect(), id: reader.id() };
}

/** Cuts bytes at pseudo-random places, one byte to 64 at a time. */
function cut(bytes: Buffer, seed: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let state = seed;
  for (let at = 0; at < bytes.length; ) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const size = 1 + ((state >>> 16) % 64);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

/** "None" and "not said" are the same fact where the manifest says 0 for a provider that leaves the field out. */
function expectUsage(usage: Usage | null, expected: Entry['expect']['usage']) {
  if (expected === undefined) return;
  if (expected === null) return expect(usage).toBeNull();
  expect(usage).toEqual({ ...expected, cacheWrite1h: 0, reasoning: expected.reasoning === 0 ? (usage?.reasoning ?? null) : expected.reasoning });
  if (expected.reasoning === 0) expect(usage?.reasoning ?? 0).toBe(0);
}

for (const adapter of ADAPTERS.filter(({ id }) => id !== 'demo')) {
  describe(adapter.label, () => {
    const dialect = findDialect(adapter.dialect);
    const quirks = adapter.quirks ?? {};

    it('has a recording of a stream, of a whole answer and of an error', () => {
      for (const kind of ['stream', 'nonstream', 'error'] as const) expect(entriesOf(adapter, kind).length, kind).toBeGreaterThan(0);
    });

    for (const entry of entriesOf(adapter, 'stream')) {
      describe(entry.file, () => {
        const bytes = read(entry);
        const whole = readStream(adapter, [bytes]);

        it('means what the manifest says', () => {
          if (entry.expect.text !== undefined) expect(textOf(whole.parts, 'text')).toBe(entry.expect.text);
          if (entry.expect.reasoning !== undefined) expect(textOf(whole.parts, 'reasoning')).toBe(entry.expect.reasoning);
          if (entry.expect.partialText !== undefined) expect(textOf(whole.parts, 'text')).toBe(entry.expect.partialText);
          if (entry.expect.finish !== undefined) expect(whole.parts.find((part) => part.kind === 'finish')).toMatchObject({ finish: entry.expect.finish });
          if (entry.expect.comments !== undefined) expect(whole.parts.filter((part) => part.kind === 'comment')).toHaveLength(entry.expect.comments);
          if (entry.expect.error) expect(whole.parts.find((part) => part.kind === 'error')).toMatchObject({ fault: { kind: entry.expect.error.class } });
          expectUsage(whole.usage, entry.expect.usage);
          expect(whole.suspect).toBe(false);
          expect(whole.id).toMatch(/\S/);
        });

        it('reads the same however its bytes are cut', () => {
          const oneByOne = readStream(
            adapter,
            Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)),
          );
          expect(oneByOne).toEqual(whole);
          for (let seed = 1; seed <= 50; seed++) expect(readStream(adapter, cut(bytes, seed)), `seed ${seed}`).toEqual(whole);
        });

        it('reads the same with CRLF and with lone CR', () => {
          for (const end of ['\r\n', '\r']) {
            const other = Buffer.from(bytes.toString('utf8').replace(/\r?\n/g, end));
            expect(readStream(adapter, cut(other, 3)), JSON.stringify(end)).toEqual(whole);
          }
        });

        it('tells usage at most once, after the finish, in a chunk of its own', () => {
          const kinds = whole.parts.map((part) => part.kind);
          expect(kinds.filter((kind) => kind === 'usage')).toHaveLength(entry.expect.usage ? 1 : 0);
          if (entry.expect.usage) expect(kinds.indexOf('usage')).toBeGreaterThan(kinds.lastIndexOf('finish'));
          for (const part of whole.parts) {
            if (!('chunk' in part)) continue;
            expect(JSON.parse(part.frame)).toEqual(part.chunk);
            expect(part.frame).not.toMatch(/[\r\n]/);
            if (part.kind === 'usage') expect(part.chunk.choices).toEqual([]);
            else expect(isObject(part.chunk.usage)).toBe(false);
          }
        });
      });
    }

    for (const entry of entriesOf(adapter, 'nonstream')) {
      it(`understands ${entry.file}, whole and where a stream was asked for`, () => {
        const reply = dialect.decode('chat', read(entry), quirks);
        if ('fault' in reply) throw new Error(reply.fault.message);
        if (entry.expect.text !== undefined) expect(reply.text).toBe(entry.expect.text);
        if (entry.expect.reasoning !== undefined) expect(reply.reasoning).toBe(entry.expect.reasoning);
        expectUsage(reply.usage, entry.expect.usage);
        expect(reply.usageSuspect).toBe(false);
        expect(reply.finish).toBe('stop');
        expect(JSON.parse(reply.frame)).toEqual(reply.json);

        const streamed = readStream(adapter, cut(read(entry), 5));
        expect(textOf(streamed.parts, 'text')).toBe(reply.text);
        expect(textOf(streamed.parts, 'reasoning')).toBe(reply.reasoning);
        expect(streamed.usage).toEqual(reply.usage);
        expect(streamed.parts.at(-1)).toEqual({ kind: 'done' });
      });
    }

    for (const entry of entriesOf(adapter, 'error')) {
      it(`classifies ${entry.file} as ${entry.expect.class}`, () => {
        const bytes = read(entry);
        const decoded = entry.status === 200 ? dialect.decode('chat', bytes, quirks) : null;
        const fault = decoded === null ? dialect.fault(entry.status, entry.headers ?? {}, bytes, quirks) : 'fault' in decoded ? decoded.fault : null;
        const kind = CLASSES[entry.expect.class ?? ''] ?? entry.expect.class;
        expect(fault).toMatchObject({ kind });
        expect(RETRYABLE.has(fault?.kind ?? '')).toBe(entry.expect.retryable);
        if (entry.expect.retryable) expect(fault?.retry).not.toBe('never');
        else expect(fault?.retry).not.toBe('same');
        expect(fault?.message).toMatch(/\S/);
        if (entry.headers?.['retry-after-ms']) expect(fault?.retryAfterMs).toBe(Number(entry.headers['retry-after-ms']));
        else if (entry.headers?.['retry-after']) expect(fault?.retryAfterMs).toBe(Number(entry.headers['retry-after']) * 1000);
      });
    }

    it('sends the body on with its unknown fields, and asks for usage unless it is told anyway', () => {
      const body = { model: 'fast-chat', messages: MESSAGE, stream: true, made_up: { by: 'a client' }, logprobs: true };
      const encoded = dialect.encode({ surface: 'chat', body, stream: true, wantsUsage: false }, { upstreamModel: 'their-model', quirks });
      const sent = JSON.parse(String(encoded.body)) as Record<string, unknown>;
      expect(encoded.path).toBe('/chat/completions');
      expect(sent).toMatchObject({ model: 'their-model', messages: MESSAGE, stream: true, made_up: { by: 'a client' }, logprobs: true });
      expect(sent.stream_options).toEqual((quirks.streamUsage ?? 'ask') === 'ask' ? { include_usage: true } : undefined);
      expect(body).toEqual({ model: 'fast-chat', messages: MESSAGE, stream: true, made_up: { by: 'a client' }, logprobs: true });
    });

    it('carries the key in a header and nowhere else', () => {
      const headers = adapter.authorize('secret-of-the-test');
      expect(JSON.stringify(headers)).toContain('secret-of-the-test');
      expect(adapter.baseUrls.default).not.toMatch(/\/$/);
    });
  });
}

it('every recording belongs to a provider of the registry', () => {
  const ids = new Set(ADAPTERS.map(({ id }) => id));
  expect(files.filter((entry) => !ids.has(entry.provider))).toEqual([]);
});
