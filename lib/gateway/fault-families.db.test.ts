import { beforeAll, describe, expect, it } from 'vitest';
import { DEADLINES, silenceOf, type Verdict } from '@/lib/testing/faults/fault-table';
import { ANSWER_FAULTS, STREAM_FOR_WHOLE, streamFaults, type StreamShape } from '@/lib/testing/faults/family-faults';
import type { Behaviour } from '@/lib/testing/fake-upstream';
import { type Client, officialClients } from '@/lib/testing/suites/clients';
import { inProcessGateway } from '@/lib/testing/suites/in-process';
import type { Subject } from '@/lib/testing/suites/subject';

/** A provider of each dialect, and how a stream of its "hello" goes. */
const DIALECTS = {
  vllm: { adapter: 'vllm', base: '/v1', shape: { opening: 1, complete: 7, events: 8 } },
  claude: { adapter: 'anthropic', base: '', shape: { opening: 3, complete: 10, events: 11 } },
  google: { adapter: 'gemini', base: '', shape: { opening: 0, complete: 6, events: 6 } },
  responder: { adapter: 'openai', base: '/v1', shape: { opening: 4, complete: 13, events: 13 } },
} as const satisfies Record<string, { adapter: string; base: string; shape: StreamShape }>;
type Dialect = keyof typeof DIALECTS;
type Family = 'chat' | 'messages' | 'responses';
/** Every client family, and the dialects that answer it natively and through a translation; chat over chat has a matrix of its own. */
const PAIRS: readonly (readonly [Family, Dialect])[] = [
  ['chat', 'claude'],
  ['chat', 'google'],
  ['chat', 'responder'],
  ['messages', 'claude'],
  ['messages', 'vllm'],
  ['responses', 'responder'],
  ['responses', 'vllm'],
];

interface Case {
  dialect: Dialect;
  how: 'whole' | 'stream';
  name: string;
  verdict: Verdict;
  behaviour: Behaviour;
  id: string;
}
const CASES: readonly Case[] = (Object.keys(DIALECTS) as Dialect[]).flatMap((dialect) => [
  ...ANSWER_FAULTS.flatMap(([name, verdict, behaviour], index) =>
    (['whole', 'stream'] as const).map((how) => ({ dialect, how, name, verdict, behaviour, id: `${dialect}-${index}` })),
  ),
  // Gemini's answers stream at another address only.
  ...(dialect === 'google' ? [] : STREAM_FOR_WHOLE).map(([name, verdict, behaviour], index) => ({
    dialect,
    how: 'whole' as const,
    name,
    verdict,
    behaviour,
    id: `${dialect}-w${index}`,
  })),
  ...streamFaults(DIALECTS[dialect].shape).map(([name, verdict, behaviour], index) => ({
    dialect,
    how: 'stream' as const,
    name,
    verdict,
    behaviour,
    id: `${dialect}-s${index}`,
  })),
]);
const BY_ID = new Map(CASES.map((fault) => [fault.id, fault]));

const inProcess = await inProcessGateway((url) => {
  const provider = (dialect: Dialect, silence: keyof typeof DEADLINES) => {
    const { adapter, base } = DIALECTS[dialect];
    const { firstTokenMs, idleMs } = DEADLINES[silence];
    return `  - { id: ${dialect}-${silence}, adapter: ${adapter}, baseUrl: "${url}${base}", credentials: [{ name: a, secret: "\${env:A}" }], breaker: { failures: 1000, coolDownMs: 1, maxCoolDownMs: 1 }, timeouts: { connectMs: 1000, firstTokenMs: ${firstTokenMs}, idleMs: ${idleMs}, totalMs: 20000 } }`;
  };
  const model = (id: string, of: string, more = '') =>
    `  - { id: ${id}, provider: ${of}, maxOutputTokens: 4096, prices: { input: "2.00", output: "8.00" }${more} }`;
  return `apiVersion: fairlead/v1
providers:
${(Object.keys(DIALECTS) as Dialect[]).flatMap((dialect) => (Object.keys(DEADLINES) as (keyof typeof DEADLINES)[]).map((silence) => provider(dialect, silence))).join('\n')}
models:
${[...BY_ID.values()].map(({ id, dialect, behaviour }) => model(id, `${dialect}-${silenceOf(behaviour, DIALECTS[dialect].shape.opening)}`, dialect === 'responder' ? ', capabilities: [tools, responses-only]' : '')).join('\n')}
${model('spare', 'vllm-prompt')}
aliases:
${[...BY_ID.keys()].map((id) => `  - { name: backed-${id}, targets: [{ model: ${id}, retries: 0 }, { model: spare, retries: 0 }] }`).join('\n')}
plans:
  - { id: postpaid, name: Postpaid, models: { allow: ["*"] }, logRetentionDays: 7, prepaid: false }
`;
});
let subject: Subject;
let clients: Record<'node' | 'web', Record<Family, Client>>;
beforeAll(async () => {
  subject = inProcess.subjectOf('node');
  const { key } = await subject.createKey({ plan: 'postpaid' });
  clients = { node: officialClients(subject.baseUrl, key), web: officialClients(inProcess.subjectOf('web').baseUrl, key) };
  for (const { id, behaviour } of BY_ID.values()) subject.upstream.script(id, behaviour);
  subject.upstream.script('spare', { chunks: ['s', 'pare'] });
});

/** What the official client makes of the call: the text it hears, else the error it throws. */
async function hear(client: Client, { id, how }: Case): Promise<string> {
  try {
    return (await (how === 'whole' ? client.ask : client.stream)({ model: `backed-${id}`, text: 'Say hello' })).text;
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    return status === undefined ? `broken off: ${message}` : `status ${status}`;
  }
}

const HEARD: Record<Exclude<Verdict, 'oversized'>, RegExp> = {
  answered: /^hello$/,
  rescued: /^spare$/,
  refused: /^status 4\d\d$/,
  ended: /^broken off: .*ended early/,
};

describe.concurrent.each(PAIRS)('a %s client whose first target speaks as %s', (family, dialect) => {
  // Anthropic's own client cannot read a stream of Anthropic's without usage, and between two of one family the bytes are not touched.
  const mine = CASES.filter((fault) => fault.dialect === dialect && !(family === 'messages' && dialect === 'claude' && fault.name === 'no usage'));
  // What a whole answer may be instead is read by the dialect, whichever family asked: once each is enough.
  const cases = family === 'chat' || dialect !== 'vllm' ? mine : mine.filter(({ how }) => how === 'stream');
  // The web door has the same pipeline behind it: it is asked every third case, and every client family comes through it.
  it.each(cases.map((fault, index) => [fault.how, fault.name, fault, index % 3 === 0 ? 'web' : 'node'] as const))(
    '%s: %s',
    { timeout: 60_000 },
    async (_how, _name, fault, door) => {
      expect(await hear(clients[door][family], fault)).toMatch(HEARD[fault.verdict as keyof typeof HEARD]);
    },
  );
});
