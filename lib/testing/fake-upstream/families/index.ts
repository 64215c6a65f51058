import { chatFamily } from './chat';
import type { AskedFor, Family } from './family';
import { geminiFamily } from './gemini';
import { mediaFamily } from './media';
import { messagesFamily } from './messages';
import { responsesFamily } from './responses';

export type { AskedFor, Family } from './family';
export { SPEECH } from './media';

/** The family that a path belongs to; a prefix before it does not matter. */
export function familyOf(path: string): Family {
  if (/\/messages(?:\/count_tokens)?$/.test(path)) return messagesFamily;
  if (/:(?:generateContent|streamGenerateContent|embedContent|batchEmbedContents)$/.test(path)) return geminiFamily;
  if (path.endsWith('/responses')) return responsesFamily;
  return /\/(?:images\/generations|audio\/transcriptions|moderations|rerank)$/.test(path) ? mediaFamily : chatFamily;
}

/** What a request asks for. Gemini says the model and the stream in the path. */
export function readRequest(url: string, contentType: string, bytes: Buffer): AskedFor {
  const path = decodeURIComponent(url.split('?')[0] ?? url);
  const body = readBody(contentType, bytes);
  const options = body.stream_options as { include_usage?: unknown } | null | undefined;
  const named = /\/models\/([^:]+(?::(?!generateContent|streamGenerateContent|embedContent|batchEmbedContents)[^:]+)*):(\w+)$/.exec(path);
  return {
    path,
    model: named?.[1] ?? (typeof body.model === 'string' ? body.model : ''),
    stream: named ? named[2] === 'streamGenerateContent' : body.stream === true || body.stream === 'true',
    includeUsage: options?.include_usage === true,
    body,
  };
}

function readBody(contentType: string, bytes: Buffer): Record<string, unknown> {
  const text = bytes.toString('utf8');
  if (contentType.startsWith('multipart/form-data')) return readFields(text);
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return { unreadable: text };
  }
}

/** The text fields of a multipart body; files are named only. */
function readFields(text: string): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const match of text.matchAll(/name="([^"]+)"(?:; filename="([^"]*)")?[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n([^\r]*)/g)) {
    fields[match[1] as string] = match[2] === undefined ? match[3] : { filename: match[2] };
  }
  return fields;
}
