import type { DecodedReply } from '@/lib/providers/contract';
import { rewriteModel } from '@/lib/providers/dialects/openai-chat';
import { isObject, type JsonObject } from '@/lib/wire';
import { firstChoice, plainText } from '../chat-delta';
import type { AnswerContext } from '../contract';
import { addReplayedFields, callExtras, packReplay, type Replay } from '../replay';
import { callItem, messageItem, reasoningItem, refusalPart, textPart } from './output-items';
import { newResponse, statusOf, usageOf } from './response-object';
import { namedTools } from './tools';

/** A whole chat answer as a response object; a native one keeps its bytes but for the name of the model. */
export function wholeResponse(reply: DecodedReply, context: AnswerContext): string {
  if (context.native) return rewriteModel(reply.frame, reply.json, context.model);
  const { status, incomplete_details } = statusOf(reply.finish);
  return JSON.stringify({
    ...newResponse(context),
    status,
    incomplete_details,
    completed_at: status === 'completed' ? Math.max(context.createdAtS, typeof reply.json.created === 'number' ? reply.json.created : 0) : null,
    output: outputOf(reply, context, status),
    usage: reply.usage && usageOf(reply.usage, null),
  });
}

function outputOf(reply: DecodedReply, context: AnswerContext, status: 'completed' | 'incomplete'): JsonObject[] {
  const choice = firstChoice(reply.json);
  const message = isObject(choice?.message) ? choice.message : {};
  const output: JsonObject[] = [];
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls.filter(isObject) : [];
  const replay = replayOf(reply, message, calls);
  const wanted = Array.isArray(context.call.body.include) && context.call.body.include.includes('reasoning.encrypted_content');
  if (reply.reasoning !== '' || hasOpaque(replay)) {
    output.push(reasoningItem(context, output.length, reply.reasoning, wanted || hasOpaque(replay) ? packReplay(replay) : null, 'completed'));
  }
  const text = calls.length === 0 && typeof message.refusal !== 'string' ? reply.text : plainText(message.content);
  const logprobs = isObject(choice?.logprobs) && Array.isArray(choice.logprobs.content) ? choice.logprobs.content : [];
  if (text !== '' || (calls.length === 0 && typeof message.refusal !== 'string')) output.push(messageItem(context, output.length, [textPart(text, logprobs)], status));
  if (typeof message.refusal === 'string' && message.refusal !== '') output.push(messageItem(context, output.length, [refusalPart(message.refusal)], status));
  const tools = namedTools(context.call.body.tools);
  for (const call of calls) {
    const fn = isObject(call.function) ? call.function : {};
    const name = String(fn.name ?? '');
    const args = typeof fn.arguments === 'string' && fn.arguments !== '' ? fn.arguments : '{}';
    output.push(callItem(context, output.length, { id: String(call.id ?? `call_${output.length}`), name, arguments: args }, tools.get(name), status));
  }
  return output;
}

function replayOf(reply: DecodedReply, message: JsonObject, calls: JsonObject[]): Replay {
  const fields: JsonObject = {};
  addReplayedFields(fields, message);
  const extras = calls.flatMap((call) => {
    const extra = callExtras(call);
    return extra ? [[String(call.id), extra] as const] : [];
  });
  return { ...(reply.reasoning ? { reasoning: reply.reasoning } : null), fields, ...(extras.length > 0 ? { calls: Object.fromEntries(extras) } : null) };
}

function hasOpaque({ fields, calls }: Replay): boolean {
  return calls !== undefined || Object.keys(fields ?? {}).length > 0;
}
