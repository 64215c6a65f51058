import { isUtf8 } from 'node:buffer';
import { FairleadError } from '@/lib/kernel/errors';
import { isObject, type JsonObject } from './call';

/** The checks that every surface's body goes through, and the words they refuse it in: OpenAI's own. */

/** A body as a JSON object. Throws `invalid_json`, or `invalid_request` when it is JSON of another kind. */
export function parseJson(bytes: Uint8Array): JsonObject {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  // Bytes that are no UTF-8 decode to this sign; who really wrote the sign is told apart only then.
  if (text.includes('\ufffd') && !isUtf8(bytes)) throw new FairleadError('invalid_json', 'The JSON body of your request is not valid UTF-8.');
  let value: unknown;
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    throw new FairleadError('invalid_json', 'We could not parse the JSON body of your request.');
  }
  if (!isObject(value)) throw new FairleadError('invalid_request', `Invalid request body: expected a JSON object, but got ${nameType(value)} instead.`);
  return value;
}

/** A field that must be a non-empty string. */
export function requireText(body: JsonObject, field: string): void {
  const value = body[field];
  if (value === undefined || value === null) throw missing(field);
  if (typeof value !== 'string') throw wrongType(field, 'a string', value);
  if (value.trim() === '') throw malformed(field, `Invalid '${field}': expected a non-empty string.`);
}

/** A field that must be an integer of at least one, where it is there at all. */
export function checkPositive(body: JsonObject, field: string): void {
  const value = body[field];
  if (value === undefined || value === null) return;
  if (!Number.isSafeInteger(value)) throw wrongType(field, 'an integer', value);
  if ((value as number) < 1)
    throw malformed(field, `Invalid '${field}': integer below minimum value. Expected a value >= 1, but got ${String(value)} instead.`);
}

/** A field that must be true or false, where it is there at all. */
export function checkBoolean(body: JsonObject, field: string): void {
  const value = body[field];
  if (value !== undefined && value !== null && typeof value !== 'boolean') throw wrongType(field, 'a boolean', value);
}

/** A field that must be an object, where it is there at all. */
export function checkObject(body: JsonObject, field: string): void {
  const value = body[field];
  if (value !== undefined && value !== null && !isObject(value)) throw wrongType(field, 'an object', value);
}

/** A field that must be an array of objects, where it is there at all. */
export function checkObjects(body: JsonObject, field: string): void {
  const value = body[field];
  if (value === undefined || value === null) return;
  if (!Array.isArray(value)) throw wrongType(field, 'an array of objects', value);
  const at = value.findIndex((item: unknown) => !isObject(item));
  if (at !== -1) throw wrongType(`${field}[${at}]`, 'an object', value[at]);
}

/** A field that must be a string, where it is there at all. */
export function checkText(body: JsonObject, field: string): void {
  const value = body[field];
  if (value !== undefined && value !== null && typeof value !== 'string') throw wrongType(field, 'a string', value);
}

export function missing(param: string): FairleadError {
  return malformed(param, `Missing required parameter: '${param}'.`);
}

export function empty(param: string): FairleadError {
  return malformed(param, `Invalid '${param}': empty array. Expected an array with minimum length 1, but got an empty array instead.`);
}

export function wrongType(param: string, expected: string, value: unknown): FairleadError {
  return malformed(param, `Invalid type for '${param}': expected ${expected}, but got ${nameType(value)} instead.`);
}

export function malformed(param: string, message: string): FairleadError {
  return new FairleadError('invalid_request', message, { param });
}

function nameType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
