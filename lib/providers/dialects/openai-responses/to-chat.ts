import { isObject, type JsonObject } from '@/lib/wire/call';
import type { DecodedReply } from '../../contract';
import { toChatReply } from '../translation/chat-reply';
import { finishOf, nativeFinishOf } from './response';
import { sealedThought } from './thoughts';

/** A whole response as a chat completion. */
export function responseToChat(response: JsonObject, read: Pick<DecodedReply, 'usage' | 'usageSuspect' | 'reasoning' | 'id'>): DecodedReply {
  const items = (Array.isArray(response.output) ? response.output : []).filter(isObject);
  const parts = items.filter(({ type }) => type === 'message').flatMap(({ content }) => (Array.isArray(content) ? content.filter(isObject) : []));
  const join = (field: 'text' | 'refusal') => parts.map((part) => (typeof part[field] === 'string' ? part[field] : '')).join('');
  return toChatReply({
    id: read.id,
    model: String(response.model ?? ''),
    text: join('text'),
    refusal: join('refusal'),
    reasoning: read.reasoning,
    reasoningDetails: items.map(sealedThought).filter((thought) => thought !== null),
    calls: items.filter(({ type }) => type === 'function_call').map((item) => ({ id: String(item.call_id ?? item.id), name: String(item.name), arguments: String(item.arguments || '{}') })),
    logprobs: parts.flatMap(({ logprobs }) => (Array.isArray(logprobs) ? (logprobs as unknown[]) : [])),
    finish: finishOf(response) ?? 'stop',
    nativeFinish: nativeFinishOf(response),
    usage: read.usage,
    usageSuspect: read.usageSuspect,
  });
}
