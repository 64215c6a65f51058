import OpenAI from 'openai';
import type { FakeUpstream } from '@/lib/testing/fake-upstream';

export interface KeyOptions {
  plan: 'prepaid' | 'postpaid' | 'narrow';
  /** Dollars of paid credit. */
  credit?: string;
  /** Dollar limit of the key, such as "0.001". */
  budget?: string;
  models?: string[];
}

export interface SubjectKey {
  key: string;
  /** The request as the management API shows it. */
  readRequest(id: string): Promise<RequestJson>;
  readBalance(): Promise<{ available_usd: string; held_usd: string; spent_usd: string }>;
  revoke(): Promise<void>;
}

/** The parts of contract §6's request object that the suites look at. */
export interface RequestJson {
  id: string;
  status: string;
  finish_reason: string | null;
  alias: string | null;
  model: string | null;
  provider: string | null;
  usage: { input_tokens: number; cached_input_tokens: number; output_tokens: number; reasoning_tokens: number | null };
  usage_source: string | null;
  ttft_ms: number | null;
  duration_ms: number | null;
  cost_usd: string;
  cost_lines: { item: string; tokens: number; rate_usd_per_million: string; amount_usd: string }[];
  attempts: { index: number; model: string; provider: string; reason: string; outcome: string; status: number | null; mapped: { param: string; did: string }[]; bad_chunks: number }[];
  mapped: { param: string; did: string }[];
  error: { code: string; message: string; source: string } | null;
}

/** A gateway behind one door, as the suites see it: sockets and what the contract promises, nothing of the code. */
export interface Subject {
  baseUrl: string;
  upstream: FakeUpstream;
  createKey(options: KeyOptions): Promise<SubjectKey>;
}

export function clientOf(subject: Subject, key: string, options: { maxRetries?: number } = {}): OpenAI {
  return new OpenAI({ baseURL: subject.baseUrl, apiKey: key, maxRetries: options.maxRetries ?? 0 });
}

export const hello = [{ role: 'user' as const, content: 'Say hello' }];

/** Reads a stream to its end: its text, its chunks with usage, and the error it ended in. */
export async function readStream(stream: AsyncIterable<OpenAI.Chat.Completions.ChatCompletionChunk>) {
  let text = '';
  let chunks = 0;
  let finish: string | null = null;
  const usages: OpenAI.Chat.Completions.ChatCompletionChunk[] = [];
  const models = new Set<string>();
  let error: unknown = null;
  try {
    for await (const chunk of stream) {
      chunks += 1;
      text += chunk.choices[0]?.delta?.content ?? '';
      finish = chunk.choices[0]?.finish_reason ?? finish;
      models.add(chunk.model);
      if (chunk.usage) usages.push(chunk);
    }
  } catch (thrown) {
    error = thrown;
  }
  return { text, chunks, finish, usages, models, error };
}

/** Posts raw bytes, past any SDK. */
export function post(subject: Subject, key: string | null, body: BodyInit, headers: Record<string, string> = {}, path = '/chat/completions'): Promise<Response> {
  return fetch(subject.baseUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}), ...headers },
    body,
  });
}
