import { isObject, type JsonObject } from '@/lib/wire/call';
import type { Notes } from './notes';

/** A part of a chat message, understood. */
export type ContentPart =
  | { kind: 'text'; text: string; cacheControl?: unknown }
  | { kind: 'image' | 'file'; source: MediaSource; name?: string; cacheControl?: unknown }
  | { kind: 'audio'; source: Extract<MediaSource, { data: string }>; cacheControl?: unknown }
  /** A part in another family's own form. */
  | { kind: 'other'; type: string; part: JsonObject };

export type MediaSource = { mediaType: string; data: string } | { url: string };

const DATA_URL = /^data:([^;,]+)(?:;[^;,]+)*;base64,/i;

/** Content of a chat message as parts; a string is one text. Throws `unsupported_parameter` for a part that means nothing. */
export function readContent(content: unknown, path: string, notes: Notes): ContentPart[] {
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  if (!Array.isArray(content)) return [];
  return content.map((part: unknown, index) => readPart(part, `${path}[${index}]`, notes));
}

function readPart(part: unknown, path: string, notes: Notes): ContentPart {
  if (typeof part === 'string') return { kind: 'text', text: part };
  if (!isObject(part)) throw notes.refuse(path, 'a content part is an object');
  const cached = part.cache_control === undefined || part.cache_control === null ? {} : { cacheControl: part.cache_control };
  switch (part.type) {
    case 'text':
      return { kind: 'text', text: String(part.text ?? ''), ...cached };
    case 'refusal':
      return { kind: 'text', text: String(part.refusal ?? ''), ...cached };
    case 'image_url':
      return { kind: 'image', source: readImage(part.image_url, `${path}.image_url`, notes), ...cached };
    case 'file':
      return { kind: 'file', ...readFile(part.file, `${path}.file`, notes), ...cached };
    case 'input_audio':
      return { kind: 'audio', source: readAudio(part.input_audio, `${path}.input_audio`, notes), ...cached };
    default:
      return { kind: 'other', type: String(part.type), part };
  }
}

function readImage(image: unknown, path: string, notes: Notes): MediaSource {
  const url = isObject(image) ? image.url : image;
  if (typeof url !== 'string' || url === '') throw notes.refuse(`${path}.url`, 'an image has a URL');
  if (isObject(image) && typeof image.detail === 'string' && image.detail !== 'auto') notes.add(`${path}.detail`, 'removed');
  return readUrl(url, `${path}.url`, notes);
}

function readFile(file: unknown, path: string, notes: Notes): { source: MediaSource; name?: string } {
  if (!isObject(file)) throw notes.refuse(path, 'a file is an object');
  const name = typeof file.filename === 'string' ? { name: file.filename } : {};
  if (typeof file.file_data === 'string') return { source: readUrl(file.file_data, `${path}.file_data`, notes), ...name };
  if (typeof file.file_url === 'string') return { source: { url: file.file_url }, ...name };
  throw notes.refuse(`${path}.file_id`, 'a file stored at another provider is not known here; send it as file_data');
}

function readUrl(url: string, path: string, notes: Notes): MediaSource {
  const head = DATA_URL.exec(url);
  if (head) return { mediaType: (head[1] as string).toLowerCase(), data: url.slice(head[0].length) };
  if (/^(?:https?|gs):\/\//i.test(url)) return { url };
  throw notes.refuse(path, 'expected an https URL or a base64 data URL');
}

function readAudio(audio: unknown, path: string, notes: Notes): { mediaType: string; data: string } {
  if (!isObject(audio) || typeof audio.data !== 'string') throw notes.refuse(`${path}.data`, 'audio comes as base64');
  const head = DATA_URL.exec(audio.data);
  return { mediaType: head?.[1] ?? `audio/${typeof audio.format === 'string' ? audio.format : 'wav'}`, data: head ? audio.data.slice(head[0].length) : audio.data };
}
