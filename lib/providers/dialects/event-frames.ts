import { isObject, type JsonObject } from '@/lib/wire/call';

/** Before the first byte; then events, or one whole body (JSON or HTML) where a stream was asked for. */
export type Mode = 'unknown' | 'events' | 'body';

/** An event stream never begins with these; a whole JSON answer, an error or a proxy's page does. */
export function modeOf(bytes: Uint8Array): Mode {
  for (const byte of bytes) {
    if (byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0xef || byte === 0xbb || byte === 0xbf) continue;
    return byte === 0x7b || byte === 0x5b || byte === 0x3c ? 'body' : 'events';
  }
  return 'unknown';
}

/** The JSON object of an event, or null for what is none. */
export function parseChunk(data: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** A chunk that came over several `data:` lines leaves on one. */
export function oneLine(data: string, chunk: JsonObject): string {
  return data.includes('\n') ? JSON.stringify(chunk) : data;
}

/** Whether an event named `error` is the error itself, without the envelope that its family would put around it. */
export function isBareError({ error, type }: JsonObject): boolean {
  return error === undefined && type !== 'error';
}

const FIELD = /^\s*(?:data|event|id|retry)?:/;

/** Whether a body is an event stream, whatever its content type says. JSON never begins like a field of an event. */
export function isEventStream(bytes: Uint8Array): boolean {
  return FIELD.test(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 64)).toString('latin1'));
}
