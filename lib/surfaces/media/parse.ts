import { checkBoolean, checkPositive, checkText, empty, isObject, type JsonObject, missing, parseJson, readUpload, requireText, type Surface, type WireCall, wrongType } from '@/lib/wire';

/** Bodies of the surfaces beside text, checked as far as they are read here. */

export function parseImages(bytes: Uint8Array): WireCall {
  const body = parseJson(bytes);
  requireText(body, 'model');
  requireText(body, 'prompt');
  checkPositive(body, 'n');
  checkBoolean(body, 'stream');
  return { ...whole('images', body), stream: body.stream === true };
}

/** Speech leaves as it comes, so the call is a streamed one whatever the body says. */
export function parseSpeech(bytes: Uint8Array): WireCall {
  const body = parseJson(bytes);
  requireText(body, 'model');
  requireText(body, 'input');
  if (body.voice === undefined || body.voice === null) throw missing('voice');
  if (typeof body.voice !== 'string' && !isObject(body.voice)) throw wrongType('voice', 'a string or an object', body.voice);
  checkText(body, 'response_format');
  return { surface: 'speech', body, stream: true, wantsUsage: false };
}

export function parseTranscriptions(bytes: Buffer, contentType: string | null): WireCall {
  const { fields, files } = readUpload(bytes, contentType);
  requireText(fields, 'model');
  if (!files.some(({ name, bytes: size }) => name === 'file' && size > 0)) throw missing('file');
  return { surface: 'transcriptions', body: fields, stream: fields.stream === 'true', wantsUsage: false, upload: { contentType: contentType ?? '', bytes } };
}

export function parseModerations(bytes: Uint8Array): WireCall {
  const body = parseJson(bytes);
  requireText(body, 'model');
  checkTexts(body, 'input');
  return whole('moderations', body);
}

export function parseRerank(bytes: Uint8Array): WireCall {
  const body = parseJson(bytes);
  requireText(body, 'model');
  requireText(body, 'query');
  checkTexts(body, 'documents');
  if (!Array.isArray(body.documents)) throw wrongType('documents', 'an array', body.documents);
  checkPositive(body, 'top_n');
  return whole('rerank', body);
}

function checkTexts(body: JsonObject, field: string): void {
  const value = body[field];
  if (value === undefined || value === null) throw missing(field);
  if (typeof value === 'string') return;
  if (!Array.isArray(value)) throw wrongType(field, 'a string or an array', value);
  if (value.length === 0) throw empty(field);
}

function whole(surface: Surface, body: JsonObject): WireCall {
  return { surface, body, stream: false, wantsUsage: false };
}
