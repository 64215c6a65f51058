import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MASK_MARGIN, maskBody } from './mask-body';

const LIMIT = 4_096;
const SECRETS = [
  'lin.wei+api@example.com.cn',
  'jürgen@beispiel.de',
  '13812345678',
  '+86 138 1234 5678',
  '+1 (415) 555-2671',
  '415-555-2671',
  '010-62345678',
  '4111 1111 1111 1111',
  '6222021234567890128',
  '11010519491231002X',
  '110101199003078515',
  '078-05-1120',
  'sk-proj-Abc123Abc123Abc123Abc123',
  'ghp_0123456789abcdefghijABCDEFGHIJ012345',
  'AKIAIOSFODNN7EXAMPLE',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  '203.0.113.77',
  '2001:db8:85a3::8a2e:370:7334',
];

const masked = (text: string, limit = LIMIT) => maskBody(Buffer.from(text), limit).toString();

/** A character in one of the ways JSON may write it, and JSON in that JSON. */
function escaped(text: string, ways: readonly number[]): string {
  return [...text]
    .map((char, index) => {
      const way = ways[index % ways.length];
      const code = char.charCodeAt(0).toString(16).padStart(4, '0');
      return way === 1 ? `\\u${code}` : way === 2 ? `\\u${code.toUpperCase()}` : way === 3 && char === '/' ? '\\/' : char;
    })
    .join('');
}

test('no private value reaches the log, wherever it stands, however it is escaped, wherever the body is cut', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SECRETS),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 2 }),
      fc.constantFrom(' ', '你好，', '"', ': ', '(', '\n', ' — '),
      fc.integer({ min: -80, max: 20 }),
      fc.boolean(),
      (secret, ways, depth, before, shift, atTheCut) => {
        // The quotes of the literal stay quotes; only what is between them is written in other ways.
        let written = `"${escaped(JSON.stringify(`${before}${secret}${before}`).slice(1, -1).replace(/\\./g, ' '), ways)}"`;
        for (let level = 0; level < depth; level++) written = JSON.stringify(`{"value":${written}}`);
        const pad = 'x'.repeat(atTheCut ? LIMIT + shift : 10);
        const log = masked(`{"pad":"${pad}","content":${written},"more":"${'y'.repeat(LIMIT)}"}`);
        const read = unescapedTwice(log);
        expect(read).not.toContain(secret);
        for (let length = secret.length - 1; length > secret.length * 0.6; length--) expect(read.endsWith(secret.slice(0, length))).toBe(false);
      },
    ),
    { numRuns: 400 },
  );
});

function unescapedTwice(text: string): string {
  return text.replace(/\\+u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))).replaceAll('\\', '');
}

test('a value across the cut is masked whole', () => {
  const body = `{"content":"${'x'.repeat(LIMIT - 30)} lin.wei@example.com and more ${'z'.repeat(200)}"}`;
  const log = masked(body);
  expect(log).not.toContain('lin');
  expect(Buffer.byteLength(log)).toBeLessThanOrEqual(LIMIT);
  expect(masked(`{"content":"${'a@b.example '.repeat(LIMIT + MASK_MARGIN)}"}`)).not.toContain('b.example');
});

test('what was JSON stays JSON, also in the arguments of a tool call', () => {
  const args = JSON.stringify({
    phone: 13812345678,
    to: 'a.b@example.com',
    note: 'call: 13812345678, or 415-555-2671',
    ids: [110101199003078515n.toString()],
    n: [4, 5],
  });
  const body = `{"id":110101199003078515,"phones":[13812345678, -13812345678.50],"calls":[{"arguments":${JSON.stringify(args)}}],"deep":${JSON.stringify(JSON.stringify({ inner: args }))},"max_tokens":1000}`;
  const log = JSON.parse(masked(body));
  expect(log).toMatchObject({ id: '[id number]', phones: ['[phone]', '[phone]'], max_tokens: 1000 });
  const kept = { phone: '[phone]', to: '[email]', note: 'call: [phone], or [phone]', ids: ['[id number]'], n: [4, 5] };
  expect(JSON.parse(log.calls[0].arguments)).toEqual(kept);
  expect(JSON.parse(JSON.parse(log.deep).inner)).toEqual(kept);
});

test('keys, passwords and addresses in prose', () => {
  const log = masked(
    JSON.stringify({
      content:
        'Authorization: Bearer abc.def-ghi_jkl012 password=hunter2!! 密码是 geheim123 postgres://app:s3cr3t@db.internal/x -----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAK\n-----END RSA PRIVATE KEY----- https://x.example/?mail=lin%40example.com from 203.0.113.77 ssn 078051120',
    }),
  );
  for (const secret of ['abc.def', 'hunter2', 'geheim', 's3cr3t', 'MIIE', 'lin', '203.0', '078051120']) expect(log).not.toContain(secret);
  expect(log).toContain('postgres://[secret]/x [secret] https://x.example/?mail=[email] from');
});

test('ordinary text and numbers are left as they came', () => {
  const body = JSON.stringify({
    model: 'gpt-4o-mini-2024-07-18',
    created: 1_764_000_000,
    at: '2026-11-25T12:30:45.123Z',
    seed: 42,
    embedding: [0.0138123456781, -0.4155552671],
    usage: { prompt_tokens: 4111, total_tokens: 123_456_789 },
    content: 'Order 1234 5678 ships at 10:30, costs $1,299.00; std::vector a::b v1.2.3 & 12:30:45 for @alice',
    id: 'chatcmpl-9f86d081884c7d659a2feaa0c55ad015',
    logprobs: [{ token: 'password', logprob: -0.1 }],
  });
  expect(masked(body)).toBe(body);
});

test('a form keeps every byte that is not masked', () => {
  const form = Buffer.concat([
    Buffer.from('--b\r\n\r\nprompt lin@example.com\r\n--b\r\n\r\n'),
    Buffer.from([0xff, 0x00, 0x80, 0xfe]),
    Buffer.from('\r\n--b--'),
  ]);
  const log = maskBody(form, LIMIT);
  expect(log.toString('latin1')).toBe(form.toString('latin1').replace('lin@example.com', '[email]'));
});
