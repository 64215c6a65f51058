import { Writable } from 'node:stream';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { redact } from './redact';

function logged(fields: object, message = ''): string {
  let out = '';
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      out += chunk;
      done();
    },
  });
  pino({ hooks: { streamWrite: redact } }, sink).info(fields, message);
  return out;
}

describe('a log line', () => {
  it('never shows a key, wherever it stands', () => {
    const line = logged(
      { upstream: { text: 'Incorrect API key sk-proj-abc123DEF456' }, key: 'sk-fl-0123456789abcdefghij_AbCd12' },
      'refused sk_live_51AbCdEfGh',
    );
    expect(line).not.toMatch(/abc123|0123456789abc|51AbCd/);
    expect(line).toContain('sk-[redacted]');
  });

  it('never shows an authorization header, a cookie or a password', () => {
    const line = logged({
      headers: { Authorization: 'Bearer abcdef.ghi"j', cookie: 'session=abc', 'set-cookie': ['a=secret1', 'b=secret2'], accept: 'x' },
      password: 'hunter2hunter2',
    });
    expect(line).not.toMatch(/abcdef|session=abc|secret1|secret2|hunter2/);
    expect(JSON.parse(line).headers.accept).toBe('x');
  });

  it('never shows the password inside a database URL', () => {
    expect(redact('connect postgresql://app:s3cr3t@db.example.com:5432/x failed')).toBe('connect postgresql://app:[redacted]@db.example.com:5432/x failed');
  });

  it('stays one line of valid JSON', () => {
    const line = logged({ err: new Error('boom\nBearer abcdefghijk'), token: 'quote " and \\ backslash' }, 'two\nlines');
    expect(line.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(line)).toMatchObject({ msg: 'two\nlines', token: '[redacted]' });
  });

  it('leaves ordinary words and addresses alone', () => {
    const text = 'model demo/echo answered at http://127.0.0.1:3000/v1/chat/completions?limit=3 in 12 ms; task-force, risk-free';
    expect(redact(text)).toBe(text);
  });
});
