import type { Usage } from '@/lib/kernel/usage';
import type { JsonObject } from '@/lib/wire/call';
import type { DecodedReply } from '../../contract';
import { chatUsage } from './chat-usage';

/** One choice of an answer of another family, understood. */
export interface ForeignChoice {
  text: string;
  refusal?: string;
  reasoning: string;
  /** Whole thoughts with their signatures, to be sent back in the next turn. */
  reasoningDetails: readonly JsonObject[];
  calls: readonly { id: string; name: string; arguments: string; more?: JsonObject }[];
  logprobs?: readonly unknown[];
  finish: string;
  nativeFinish: string;
}

/** A whole answer of another family, understood. */
export interface ForeignReply extends ForeignChoice {
  id: string | null;
  model: string;
  usage: Usage | null;
  usageSuspect: boolean;
  /** Where the client asked for several: the choices after the first. */
  others?: readonly ForeignChoice[];
}

/** The same as a chat completion. */
export function toChatReply(reply: ForeignReply): DecodedReply {
  const choices = [reply, ...(reply.others ?? [])];
  const json: JsonObject = {
    id: reply.id ?? '',
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: reply.model,
    choices: choices.map(toChoice),
    ...(reply.usage ? { usage: chatUsage(reply.usage) } : null),
  };
  return {
    json,
    frame: JSON.stringify(json),
    usage: reply.usage,
    usageSuspect: reply.usageSuspect,
    finish: reply.finish,
    text: choices.map(({ text, refusal, calls }) => text + (refusal ?? '') + calls.map((call) => call.name + call.arguments).join('')).join(''),
    reasoning: choices.map(({ reasoning }) => reasoning).join(''),
    id: reply.id,
  };
}

function toChoice(reply: ForeignChoice, index: number): JsonObject {
  const { calls, reasoningDetails } = reply;
  const message: JsonObject = { role: 'assistant', content: reply.text === '' && (calls.length > 0 || reply.refusal) ? null : reply.text, refusal: reply.refusal || null };
  if (reply.reasoning !== '') message.reasoning_content = reply.reasoning;
  if (reasoningDetails.length > 0) message.reasoning_details = reasoningDetails;
  if (calls.length > 0) {
    message.tool_calls = calls.map(({ id, name, arguments: text, more }) => ({ id, type: 'function', function: { name, arguments: text }, ...more }));
  }
  return { index, message, logprobs: reply.logprobs?.length ? { content: reply.logprobs, refusal: null } : null, finish_reason: reply.finish, native_finish_reason: reply.nativeFinish };
}
