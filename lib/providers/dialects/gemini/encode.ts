import { FairleadError } from '@/lib/kernel/errors';
import type { WireCall } from '@/lib/wire/call';
import type { EncodedRequest, EncodeTarget } from '../../contract';
import { Notes } from '../translation/notes';
import { fromEmbeddings } from './embeddings';
import { fromChat } from './from-chat';

/** A chat or embeddings call for Gemini: the model and the kind of answer stand in the path. Throws `unsupported_parameter`. */
export function encode(call: WireCall, target: EncodeTarget): EncodedRequest {
  const notes = new Notes('Gemini');
  const model = encodeURIComponent(target.upstreamModel.replace(/^models\//, ''));
  const headers = { 'content-type': 'application/json', accept: call.stream ? 'text/event-stream' : 'application/json' };
  const to = (verb: string, body: object): EncodedRequest => ({
    path: `${target.quirks.modelsPath ?? '/v1beta/models'}/${model}:${verb}`,
    headers,
    body: JSON.stringify(body),
    ...(notes.list.length === 0 ? null : { notes: notes.list }),
  });
  if (call.surface === 'embeddings') return to('batchEmbedContents', fromEmbeddings(call, target, notes));
  if (call.surface !== 'chat') throw new FairleadError('unsupported_endpoint', `This provider does not serve ${call.surface}.`);
  return to(call.stream ? 'streamGenerateContent?alt=sse' : 'generateContent', fromChat(call, target, notes));
}
