import type { DecodedReply } from '@/lib/providers/contract';
import { rewriteModel } from '@/lib/providers/dialects/openai-chat';
import { isObject, type JsonObject } from '@/lib/wire';
import { firstChoice, plainText } from '../chat-delta';
import type { AnswerContext } from '../contract';
import { addReplayedFields, callExtras, packReplay, type Replay } from '../replay';
import { messageUsage, newMessage, showsThinking, stopReason } from './message-object';

/** A whole chat answer as a message; a native one keeps its bytes but for the name of the model. */
export function wholeMessage(reply: DecodedReply, context: AnswerContext): string {
  if (context.native) return rewriteModel(reply.frame, reply.json, context.model);
  return JSON.stringify({
    ...newMessage(context),
    content: contentOf(reply, context),
    stop_reason: stopReason(reply.finish),
    usage: messageUsage(reply.usage ?? { input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output: 0, reasoning: null }, null),
  });
}

function contentOf(reply: DecodedReply, context: AnswerContext): JsonObject[] {
  const choice = firstChoice(reply.json);
  const message = isObject(choice?.message) ? choice.message : {};
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls.filter(isObject) : [];
  const refusal = typeof message.refusal === 'string' ? message.refusal : '';
  const fields: JsonObject = {};
  addReplayedFields(fields, message);
  const shows = showsThinking(context.call.body);
  const content: JsonObject[] = [];
  if (shows && reply.reasoning !== '') content.push({ type: 'thinking', thinking: reply.reasoning, signature: packReplay({ fields }) });
  const text = calls.length === 0 && refusal === '' ? reply.text : plainText(message.content) + refusal;
  if (text !== '' || calls.length === 0) content.push({ type: 'text', text });
  const unseen = unseenOf(calls, shows ? '' : reply.reasoning, shows && reply.reasoning !== '' ? {} : fields);
  if (unseen) content.push({ type: 'redacted_thinking', data: packReplay(unseen) });
  for (const [index, call] of calls.entries()) {
    const fn = isObject(call.function) ? call.function : {};
    content.push({ type: 'tool_use', id: String(call.id ?? `toolu_${context.requestId.slice(4)}_${index}`), name: String(fn.name ?? ''), input: inputOf(fn.arguments) });
  }
  return content;
}

/** What the next turn needs back and no block shows; only a turn that calls tools has a next one that asks for it. */
function unseenOf(calls: JsonObject[], reasoning: string, fields: JsonObject): Replay | null {
  if (calls.length === 0) return null;
  const extras = calls.flatMap((call) => {
    const extra = callExtras(call);
    return extra ? [[String(call.id), extra] as const] : [];
  });
  const replay: Replay = {
    ...(reasoning === '' ? null : { reasoning }),
    ...(Object.keys(fields).length === 0 ? null : { fields }),
    ...(extras.length === 0 ? null : { calls: Object.fromEntries(extras) }),
  };
  return Object.keys(replay).length === 0 ? null : replay;
}

/** Arguments that are not JSON are the model's mistake: the client gets them as they are, under a name of their own. */
function inputOf(args: unknown): JsonObject {
  if (typeof args !== 'string' || args.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(args);
    return isObject(value) ? value : { value };
  } catch {
    return { unparsed: args };
  }
}
