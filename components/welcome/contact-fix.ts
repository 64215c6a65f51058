import type { ContactJson } from '@/lib/services/welcome/listened-key';

/** What a failed contact most likely needs: a message key of `welcome.fix`, with what the message names. */
export interface Fix {
  key: 'key' | 'model' | 'pathTwice' | 'path' | 'body' | 'quota' | 'rate' | 'upstream' | 'later' | 'other';
  values: { model: string; path: string };
}

/** Translates the error of a contact into its fix. */
export function findFix({ code, status, path, model, message }: Pick<ContactJson, 'code' | 'status' | 'path' | 'model' | 'message'>): Fix {
  // A refused call may carry the name only in its message, between backticks.
  const values = { model: model ?? /`([^`]+)`/.exec(message ?? '')?.[1] ?? '', path };
  if (code === 'invalid_api_key' || status === 401) return { key: 'key', values };
  if (code === 'model_not_found') return { key: 'model', values };
  if (/\/v1\/v1(\/|$)/.test(path)) return { key: 'pathTwice', values };
  if (code === 'unsupported_endpoint' || code === 'method_not_allowed' || status === 404) return { key: 'path', values };
  if (code === 'insufficient_quota' || code === 'funds_held') return { key: 'quota', values };
  if (status === 429) return { key: 'rate', values };
  if (code?.startsWith('upstream')) return { key: 'upstream', values };
  if (status >= 500) return { key: 'later', values };
  return status === 400 || status === 413 || status === 415 ? { key: 'body', values } : { key: 'other', values };
}

/** The program behind a user agent, short: `curl 8.5.0`, `openai-python 2.1.0`; null for a browser or nothing. */
export function shortClient(client: string | null): string | null {
  if (!client || client.startsWith('Mozilla/')) return null;
  const openai = /^OpenAI\/(Python|JS) ([\w.-]+)/.exec(client);
  if (openai) return `openai-${openai[1] === 'JS' ? 'node' : 'python'} ${openai[2]}`;
  return client.split(' ')[0]?.replace('/', ' ').slice(0, 60) ?? null;
}
