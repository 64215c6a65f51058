import type OpenAI from 'openai';
import { afterEach, beforeAll } from 'vitest';
import { clientOf, hello, type Subject, type SubjectKey } from '../subject';

/** What the conformance cases share: a postpaid key, the official client with it, and an upstream that forgets after each case. */
export interface Calls {
  subject(): Subject;
  key(): SubjectKey;
  client(): OpenAI;
  ask(model: string): ReturnType<typeof askWhole>;
  stream(model: string, includeUsage?: boolean): ReturnType<typeof askStream>;
}

export function setUpCalls(getSubject: () => Subject): Calls {
  let key: SubjectKey;
  let client: OpenAI;
  beforeAll(async () => {
    key = await getSubject().createKey({ plan: 'postpaid' });
    client = clientOf(getSubject(), key.key);
  });
  afterEach(() => getSubject().upstream.reset());
  return {
    subject: getSubject,
    key: () => key,
    client: () => client,
    ask: (model) => askWhole(client, model),
    stream: (model, includeUsage = true) => askStream(client, model, includeUsage),
  };
}

const askWhole = (client: OpenAI, model: string) => client.chat.completions.create({ model, messages: hello }).withResponse();

const askStream = (client: OpenAI, model: string, includeUsage: boolean) =>
  client.chat.completions.create({ model, messages: hello, stream: true, ...(includeUsage ? { stream_options: { include_usage: true } } : {}) }).withResponse();
