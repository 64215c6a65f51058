import { describe, expect, it } from 'vitest';
import { fault } from './fault';
import { readRetryAfter } from './retry-after';

const classify = (status: number, body: unknown, headers = {}) =>
  fault(status, headers, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), {});

describe('a fault', () => {
  it.each([
    [400, { error: { message: 'x', code: 'context_length_exceeded' } }, 'context_length', 'next'],
    [400, { error: { message: "This model's maximum context length is 8192 tokens." } }, 'context_length', 'next'],
    [400, { error: { message: 'x', code: 'content_filter' } }, 'content_filter', 'never'],
    [422, { detail: [{ loc: ['body'], msg: 'field required' }] }, 'bad_request', 'never'],
    [404, '', 'not_found', 'next'],
    [408, '', 'first_token_timeout', 'next'],
    [413, '<html></html>', 'context_length', 'next'],
    [429, '', 'rate_limit', 'same'],
    [500, 'not json', 'server', 'same'],
    [502, '<html><head><title>502 Bad Gateway</title></head></html>', 'server', 'same'],
    [529, '', 'overloaded', 'same'],
    [302, '', 'server', 'same'],
  ])('%i %j is %s', (status, body, kind, retry) => {
    expect(classify(status, body)).toMatchObject({ kind, retry, status });
    expect(classify(status, body).message).toMatch(/\S/);
  });

  it('keeps the words of the provider, bounded and without anything like a key', () => {
    const long = classify(500, { error: { message: `${'错'.repeat(3_000)}` } }).message;
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(2_000);
    expect(long).not.toContain('\uFFFD');
    expect(classify(401, { error: { message: 'Incorrect API key: sk-live-abcdefghijklmnop, Bearer abc.def.ghijklmn' } }).message).toBe(
      'Incorrect API key: [removed], [removed]',
    );
    expect(fault(500, {}, Buffer.from([0xff, 0xfe, 0x41]), {}).message).toMatch(/\S/);
  });

  it('passes on type, code and param of the provider', () => {
    expect(classify(400, { error: { message: 'm', type: 't', code: 'c', param: 'p' } })).toMatchObject({ type: 't', code: 'c', param: 'p' });
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-25T00:00:00Z');
  const read = (value: string, name = 'retry-after') => readRetryAfter({ [name]: value }, null, '', now);

  it('may be seconds, milliseconds, a date, or words', () => {
    expect(read('2')).toBe(2_000);
    expect(read('0.5')).toBe(500);
    expect(read('0')).toBe(0);
    expect(read('300', 'retry-after-ms')).toBe(300);
    expect(read('Wed, 25 Nov 2026 00:00:10 GMT')).toBe(10_000);
    expect(read('Tue, 24 Nov 2026 00:00:10 GMT')).toBe(0);
    expect(readRetryAfter({}, '34.4s', '')).toBe(34_400);
    expect(readRetryAfter({}, null, 'Please try again in 300ms.')).toBe(300);
    expect(readRetryAfter({}, null, 'Please retry after 7 seconds.')).toBe(7_000);
  });

  it('that is nonsense is not heard, and a huge one is a day', () => {
    expect(read('-5')).toBeUndefined();
    expect(read('abc')).toBeUndefined();
    expect(read('')).toBeUndefined();
    expect(read('1e12')).toBe(86_400_000);
    expect(readRetryAfter({}, null, '')).toBeUndefined();
  });
});
