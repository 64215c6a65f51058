import type { UsageUnits } from '@/lib/kernel/usage';
import { isObject, type JsonObject, type WireCall } from './call';

type Media = Pick<WireCall, 'surface' | 'body' | 'upload'>;

/** Speech at the lowest bit rate that is used for it: an upload holds at most this many seconds. */
const LEAST_BYTES_PER_SECOND = 600;
/** A common bit rate, 128 kbit/s, where nobody tells how long an upload was. */
const USUAL_BYTES_PER_SECOND = 16_000;
/** Audio tokens a second, at most. */
const TOKENS_PER_SECOND = 32;
/** What a large picture of high quality counts for in a model that bills images by tokens. */
const TOKENS_PER_IMAGE = 16_384;
/** Spoken tokens per character, at most. */
const TOKENS_PER_CHARACTER = 4;

/** The most units beside tokens that a call can be billed for. */
export function unitsBoundOf({ surface, body, upload }: Media): UsageUnits {
  if (surface === 'images') return { images: countOf(body.n) };
  if (surface === 'speech') return { characters: charactersOf(body) };
  if (surface === 'transcriptions' && upload) return { seconds: Math.ceil(upload.bytes.byteLength / LEAST_BYTES_PER_SECOND) };
  return {};
}

/** Units that the request itself tells, where the provider did not: characters exactly, seconds by the usual bit rate. */
export function countedUnits({ surface, body, upload }: Media): UsageUnits {
  if (surface === 'speech') return { characters: charactersOf(body) };
  if (surface === 'images') return { images: countOf(body.n) };
  if (surface === 'transcriptions' && upload) return { seconds: Math.ceil(upload.bytes.byteLength / USUAL_BYTES_PER_SECOND) };
  return {};
}

/** Input tokens of a media call, at most; null for a surface that is none. */
export function mediaInputBound({ surface, body, upload }: Media): number | null {
  switch (surface) {
    case 'images':
      return textBytes(body.prompt);
    case 'speech':
      return textBytes(body.input) + textBytes(body.instructions);
    case 'transcriptions':
      return Math.ceil(((upload?.bytes.byteLength ?? 0) / LEAST_BYTES_PER_SECOND) * TOKENS_PER_SECOND) + textBytes(body.prompt);
    case 'moderations':
      return textBytes(body.input);
    case 'rerank':
      // Every document is read together with the query.
      return (Array.isArray(body.documents) ? body.documents : []).reduce((sum: number, document) => sum + textBytes(document) + textBytes(body.query), 0);
    default:
      return null;
  }
}

/** Output tokens of a media call, at most; null for a surface that is none. */
export function mediaOutputBound({ surface, body, upload }: Media): number | null {
  switch (surface) {
    case 'images':
      return countOf(body.n) * TOKENS_PER_IMAGE;
    case 'speech':
      return charactersOf(body) * TOKENS_PER_CHARACTER;
    case 'transcriptions':
      return Math.ceil(((upload?.bytes.byteLength ?? 0) / LEAST_BYTES_PER_SECOND) * TOKENS_PER_SECOND);
    case 'moderations':
    case 'rerank':
      return 0;
    default:
      return null;
  }
}

function charactersOf({ input }: Readonly<JsonObject>): number {
  return typeof input === 'string' ? [...input].length : 0;
}

function countOf(n: unknown): number {
  return typeof n === 'number' ? n : 1;
}

function textBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textBytes(item), 0);
  return isObject(value) ? Buffer.byteLength(JSON.stringify(value)) : 0;
}
