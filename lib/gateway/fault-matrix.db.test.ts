import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEADLINES, FAULTS, type Fault, silenceOf, type Verdict } from '@/lib/testing/faults/fault-table';
import { inProcessGateway } from '@/lib/testing/suites/in-process';
import { hello, post, type Subject, type SubjectKey } from '@/lib/testing/suites/subject';

/** Faults of connections rather than answers: each is a provider of its own. The others are models of one, whose health is counted apart. */
const UNREACHABLE = ['refused', 'unknown-host', 'no-tls', 'blackhole'];
const HALF_GZIP: Fault = {
  name: 'a gzip body that is cut',
  behaviour: {
    body: new Uint8Array(gzipSync(Buffer.from('{"id":"x","choices":[{"message":{"content":"hello"},"finish_reason":"stop"}]}')).subarray(0, 40)),
    headers: { 'content-encoding': 'gzip' },
  },
  stream: 'rescued',
  whole: 'rescued',
};
const ALL: readonly Fault[] = [...FAULTS, HALF_GZIP];
const idOf = (fault: Fault) => `fault-${ALL.indexOf(fault)}`;

const hole = net.createServer((socket) => socket.on('error', () => undefined));
const portOf = (server: net.Server) =>
  new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port)));
const holePort = await portOf(hole);
const closed = net.createServer();
const closedPort = await portOf(closed);
await new Promise((resolve) => closed.close(resolve));

const inProcess = await inProcessGateway(config);
let subject: Subject;
let key: SubjectKey;
beforeAll(async () => {
  subject = inProcess.subjectOf('node');
  key = await subject.createKey({ plan: 'postpaid' });
  for (const fault of ALL) subject.upstream.script(idOf(fault), fault.behaviour);
  return () => void hole.close();
});

function config(url: string): string {
  const { port } = new URL(url);
  const provider = (id: string, baseUrl: string, { firstTokenMs, idleMs }: { firstTokenMs: number; idleMs: number } = DEADLINES.prompt) =>
    `  - { id: ${id}, adapter: openai-compatible, baseUrl: "${baseUrl}/v1", credentials: [{ name: a, secret: "\${env:A}" }], breaker: { failures: 1000, coolDownMs: 1, maxCoolDownMs: 1 }, timeouts: { connectMs: 500, firstTokenMs: ${firstTokenMs}, idleMs: ${idleMs}, totalMs: 20000 } }`;
  const model = (id: string, of: string) => `  - { id: ${id}, provider: ${of}, maxOutputTokens: 4096, prices: { input: "2.00", output: "8.00" } }`;
  const faulty = [...ALL.map(idOf), ...UNREACHABLE];
  return `apiVersion: fairlead/v1
providers:
${Object.entries(DEADLINES).map(([id, deadlines]) => provider(id, url, deadlines)).join('\n')}
${provider('healthy', url)}
${provider('refused', `http://127.0.0.1:${closedPort}`)}
${provider('unknown-host', 'http://no-such-host.invalid')}
${provider('no-tls', `https://127.0.0.1:${port}`)}
${provider('blackhole', `https://127.0.0.1:${holePort}`)}
models:
${ALL.map((fault) => model(idOf(fault), silenceOf(fault.behaviour, 1))).join('\n')}
${UNREACHABLE.map((id) => model(id, id)).join('\n')}
${model('spare', 'healthy')}
aliases:
${faulty.map((id) => `  - { name: alone-${id}, targets: [{ model: ${id}, retries: 0 }] }\n  - { name: backed-${id}, targets: [{ model: ${id}, retries: 0 }, { model: spare, retries: 0 }] }`).join('\n')}
plans:
  - { id: postpaid, name: Postpaid, models: { allow: ["*"] }, logRetentionDays: 7, prepaid: false }
`;
}

interface Seen {
  status: number;
  served: string | null;
  shouldRetry: string | null;
  /** What a reader puts together. */
  said: string;
  /** The last finish reason a reader saw. */
  finish: string | null;
  code: string | null;
  /** A stream: its last event. */
  last: string | null;
}

async function ask(name: string, stream: boolean): Promise<Seen> {
  const response = await post(subject, key.key, JSON.stringify({ model: name, messages: hello, stream }));
  const text = await response.text();
  const seen = { status: response.status, served: response.headers.get('x-fairlead-model'), shouldRetry: response.headers.get('x-should-retry') };
  if (!stream || response.status !== 200) {
    const body = JSON.parse(text) as { choices?: { message: { content: string }; finish_reason: string }[]; error?: { code: string } };
    return {
      ...seen,
      said: body.choices?.[0]?.message.content ?? '',
      finish: body.choices?.[0]?.finish_reason ?? null,
      code: body.error?.code ?? null,
      last: null,
    };
  }
  const events = text
    .split('\n\n')
    .filter(Boolean)
    .map((event) => event.slice('data: '.length));
  const chunks = events.filter((event) => event !== '[DONE]').map((event) => JSON.parse(event));
  return {
    ...seen,
    said: chunks.map((chunk) => chunk.choices?.[0]?.delta?.content ?? '').join(''),
    finish: chunks.map((chunk) => chunk.choices?.[0]?.finish_reason).findLast((finish) => finish) ?? null,
    code: chunks.find((chunk) => chunk.error)?.error.code ?? null,
    last: events.at(-1) ?? null,
  };
}

/** A stream always has an end that a client can read. */
const wholeAnswer = (model: string, stream: boolean) => ({
  status: 200,
  served: model,
  said: 'hello',
  finish: 'stop',
  code: null,
  last: stream ? '[DONE]' : null,
});

function check(seen: Seen, verdict: Verdict, model: string, stream: boolean, backed: boolean): void {
  if (verdict === 'answered') expect(seen).toMatchObject(wholeAnswer(model, stream));
  else if ((verdict === 'rescued' || verdict === 'oversized') && backed) expect(seen).toMatchObject(wholeAnswer('spare', stream));
  else if (verdict === 'rescued') {
    expect([502, 504]).toContain(seen.status);
    expect(seen).toMatchObject({ code: seen.status === 504 ? 'upstream_timeout' : 'upstream_error', shouldRetry: 'false' });
  } else if (verdict === 'refused' || verdict === 'oversized') {
    expect(seen.status).toBeGreaterThanOrEqual(400);
    expect(seen.status).toBeLessThan(500);
    expect(seen).toMatchObject({ shouldRetry: 'false' });
  } else expect(seen).toMatchObject({ status: 200, served: model, code: 'upstream_stream_interrupted', last: '[DONE]' });
}

describe.concurrent('every fault of a provider is rescued where it can be, and ended cleanly where it cannot', () => {
  it.each(ALL.map((fault) => [fault.name, fault] as const))('%s', { timeout: 60_000 }, async (_name, fault) => {
    const id = idOf(fault);
    await Promise.all(
      [true, false].flatMap((stream) =>
        [true, false].map(async (backed) => {
          const seen = await ask(`${backed ? 'backed' : 'alone'}-${id}`, stream);
          check(seen, stream ? fault.stream : fault.whole, id, stream, backed);
        }),
      ),
    );
    // Whatever the fault, a call asks once: its route allows no retry. What speaks against the credential keeps the later ones away.
    expect(subject.upstream.requests.filter(({ model }) => model === id).length).toBeLessThanOrEqual(4);
  });

  it.each(UNREACHABLE)('a provider that cannot be reached: %s', { timeout: 60_000 }, async (id) => {
    for (const stream of [true, false]) {
      expect(await ask(`backed-${id}`, stream)).toMatchObject(wholeAnswer('spare', stream));
      const alone = await ask(`alone-${id}`, stream);
      expect(alone).toMatchObject(id === 'blackhole' ? { status: 504, code: 'upstream_timeout' } : { status: 502, code: 'upstream_error' });
      expect(alone.shouldRetry).toBe('false');
    }
  });
});

it('a provider is as healthy after all of it as before', async () => {
  subject.upstream.script('fault-0', {});
  expect(await ask('alone-fault-0', true)).toMatchObject(wholeAnswer('fault-0', true));
});
