import type { RequestNote } from '@/lib/providers/contract';
import { isObject, type JsonObject } from '@/lib/wire';
import { type Replay, unpackReplay } from '../replay';
import { blocksText, userBlockToChat } from './blocks';

/** Blocks that record what a tool of Anthropic's did; its results are in the text that followed. */
const HOSTED_RECORDS = /^(?:server_tool_use|mcp_tool_use|mcp_tool_result|container_upload|compaction|fallback|.+_tool_result)$/;

/** Anthropic turns as chat messages: a tool's results become messages of their own, before what the user says besides. */
export function conversationToChat(messages: readonly JsonObject[]): { messages: JsonObject[]; notes: RequestNote[] } {
  const chat: JsonObject[] = [];
  const notes: RequestNote[] = [];
  for (const [index, { role, content }] of messages.entries()) {
    const param = `messages[${index}].content`;
    if (typeof content === 'string') chat.push({ role, content });
    else if (role === 'assistant') chat.push(assistantTurn(content as JsonObject[], param, notes));
    else if (role === 'system') chat.push({ role, content: blocksText(content) });
    else chat.push(...userTurn(content as JsonObject[], param, notes));
  }
  return { messages: chat, notes };
}

function userTurn(blocks: JsonObject[], param: string, notes: RequestNote[]): JsonObject[] {
  const results: JsonObject[] = [];
  const parts: JsonObject[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.type === 'tool_result') {
      const { text, media } = resultOf(block, `${param}[${index}]`);
      results.push({ role: 'tool', tool_call_id: String(block.tool_use_id ?? ''), content: text });
      parts.push(...media);
    } else if (HOSTED_RECORDS.test(String(block.type))) notes.push(removed(`${param}[${index}]`, block));
    else parts.push(userBlockToChat(block, `${param}[${index}]`));
  }
  if (parts.length > 0) results.push({ role: 'user', content: parts.every(({ type }) => type === 'text') ? joinTexts(parts) : parts });
  return results;
}

/** Chat takes a tool's text only; its images follow as the user's. */
function resultOf(block: JsonObject, param: string): { text: string; media: JsonObject[] } {
  const inner = Array.isArray(block.content) ? block.content.filter(isObject) : [];
  const media = inner.filter(({ type }) => type === 'image' || type === 'document').map((one, index) => userBlockToChat(one, `${param}.content[${index}]`));
  const text = blocksText(block.content) || inner.filter(({ type }) => type === 'tool_reference').map((one) => String(one.tool_name ?? '')).join('\n');
  return { text: block.is_error === true && !/^error/i.test(text) ? `Error: ${text}` : text, media };
}

function assistantTurn(blocks: JsonObject[], param: string, notes: RequestNote[]): JsonObject {
  const turn: JsonObject = { role: 'assistant', content: null };
  const calls: JsonObject[] = [];
  let text = '';
  let reasoning = '';
  let fields: JsonObject = {};
  const extras: Record<string, JsonObject> = {};
  const recall = (replay: Replay | null) => {
    fields = { ...fields, ...replay?.fields };
    Object.assign(extras, replay?.calls);
  };
  for (const [index, block] of blocks.entries()) {
    if (block.type === 'text') text += typeof block.text === 'string' ? block.text : '';
    else if (block.type === 'thinking') {
      reasoning += typeof block.thinking === 'string' ? block.thinking : '';
      recall(unpackReplay(block.signature));
    } else if (block.type === 'redacted_thinking') {
      const replay = unpackReplay(block.data);
      reasoning += replay?.reasoning ?? '';
      recall(replay);
    } else if (block.type === 'tool_use') {
      const id = String(block.id ?? '');
      calls.push({ id, type: 'function', function: { name: String(block.name ?? ''), arguments: JSON.stringify(block.input ?? {}) }, ...extras[id] });
    } else if (HOSTED_RECORDS.test(String(block.type))) notes.push(removed(`${param}[${index}]`, block));
    else text += String(userBlockToChat(block, `${param}[${index}]`).text ?? '');
  }
  if (text !== '' || calls.length === 0) turn.content = text;
  if (reasoning !== '') turn.reasoning_content = reasoning;
  if (calls.length > 0) turn.tool_calls = calls;
  return { ...turn, ...fields };
}

function joinTexts(parts: JsonObject[]): string {
  return parts.map(({ text }) => String(text)).join('\n\n');
}

function removed(param: string, block: JsonObject): RequestNote {
  return { param, did: `removed (${String(block.type).slice(0, 40)} belongs to a hosted tool)` };
}
