import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inProcessGateway } from '@/lib/testing/suites/in-process';
import { clientOf, hello, post, readStream, type Subject, type SubjectKey } from '@/lib/testing/suites/subject';

const { subjectOf, gateway } = await inProcessGateway();
let subject: Subject;

/** A head and two pieces of an answer that then goes on without a word. */
const begun = (type: string, ...pieces: string[]) => ({
  raw: {
    bytes: `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n${pieces.map((piece) => `${Buffer.byteLength(piece).toString(16)}\r\n${piece}\r\n`).join('')}`,
    ending: 'hold' as const,
  },
});
const heard = (delta: string) => `data: ${JSON.stringify({ type: 'transcript.text.delta', delta })}\n\n`;

/** What others do to a process that was silent for too long; its next settlement tells it. */
async function loseLeases(key: SubjectKey): Promise<void> {
  const { processId, pool } = gateway().deps;
  await pool.query('SELECT ledger.sweep($1::text[], true)', [[processId]]);
  await post(subject, key.key, JSON.stringify({ model: 'std', messages: hello }));
}

describe('a process whose leases are gone ends its running calls with ledger_unavailable and charges nothing for them', () => {
  let key: SubjectKey;
  beforeAll(async () => {
    subject = subjectOf('node');
    key = await subject.createKey({ plan: 'prepaid', credit: '5' });
  });
  beforeEach(() => subject.upstream.reset());

  /** The row of such a call: the sweep closed it, and what came later was the operator's cost. */
  async function expectUncharged(id: string | null): Promise<void> {
    await expect.poll(async () => (await key.readRequest(id ?? '')).status, { timeout: 5_000 }).toBe('interrupted');
    expect((await key.readRequest(id ?? '')).cost_usd).toBe('0.000000');
    await expect.poll(async () => (await key.readBalance()).held_usd, { timeout: 5_000 }).toBe('0.000000');
  }

  it('a stream of events ends in its surface’s error', async () => {
    const { data, response } = await clientOf(subject, key.key)
      .chat.completions.create({ model: 'chunks-50-every-100', messages: hello, stream: true })
      .withResponse();
    const read = readStream(data);
    await sleep(250);
    await loseLeases(key);
    const { error, text } = await read;
    expect([text.startsWith('word0 '), (error as { code?: string }).code]).toEqual([true, 'ledger_unavailable']);
    await expectUncharged(response.headers.get('x-request-id'));
  });

  it('a whole answer is a 503 that is not to be tried again', async () => {
    const answer = post(subject, key.key, JSON.stringify({ model: 'slow-900', messages: hello }));
    await sleep(250);
    await loseLeases(key);
    const response = await answer;
    expect([response.status, response.headers.get('x-should-retry'), await response.json()]).toMatchObject([
      503,
      'false',
      { error: { code: 'ledger_unavailable' } },
    ]);
    await expectUncharged(response.headers.get('x-request-id'));
  });

  it('events that pass byte for byte end in an error event', async () => {
    subject.upstream.script('listener', begun('text/event-stream', heard('hel'), heard('lo')));
    const form = new FormData();
    form.set('model', 'listener');
    form.set('stream', 'true');
    form.set('file', new Blob([Buffer.alloc(64)]), 'speech.mp3');
    const response = await fetch(`${subject.baseUrl}/audio/transcriptions`, { method: 'POST', headers: { authorization: `Bearer ${key.key}` }, body: form });
    await sleep(100);
    await loseLeases(key);
    const text = await response.text();
    expect(text).toMatch(/^data: .*"hel"/);
    expect(text.split('\n\n').filter(Boolean).at(-1)).toMatch(/^event: error\ndata: .*"code":"ledger_unavailable"/);
    await expectUncharged(response.headers.get('x-request-id'));
  });

  it('a sound, which cannot say so, breaks off instead of looking whole', async () => {
    subject.upstream.script('speaker', begun('audio/wav', 'RIFF', 'fake'));
    const response = await post(subject, key.key, JSON.stringify({ model: 'speaker', voice: 'alloy', input: 'hello' }), {}, '/audio/speech');
    await sleep(100);
    await loseLeases(key);
    await expect(response.arrayBuffer()).rejects.toThrow();
    await expectUncharged(response.headers.get('x-request-id'));
  });
});
