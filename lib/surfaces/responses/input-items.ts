import { FairleadError } from '@/lib/kernel/errors';
import type { RequestNote } from '@/lib/providers/contract';
import { isObject, type JsonObject } from '@/lib/wire';
import { type Replay, unpackReplay } from '../replay';
import { contentToChat, splitToolOutput } from './input-content';
import { chatNameOf } from './tools';

/** Items that record what a hosted tool did; their results are in the text that followed. */
const HOSTED_RECORDS = /^(?:web_search_call|file_search_call|code_interpreter_call|image_generation_call|computer_call|computer_call_output|mcp_list_tools|mcp_approval_request|mcp_approval_response|mcp_call|tool_search_call|tool_search_output)$/;

/** The items of a Responses call as chat messages, in order: what one turn said and called becomes one assistant message. */
export function inputToMessages(input: unknown): { messages: JsonObject[]; notes: RequestNote[] } {
  if (typeof input === 'string') return { messages: [{ role: 'user', content: input }], notes: [] };
  const conversation = new Conversation();
  for (const [index, item] of (input as JsonObject[]).entries()) conversation.add(item, `input[${index}]`);
  return conversation.end();
}

class Conversation {
  private readonly messages: JsonObject[] = [];
  private readonly notes: RequestNote[] = [];
  /** The assistant's turn that is being put together. */
  private turn: JsonObject | null = null;
  private replay: Replay | null = null;
  /** Images that tools returned: chat takes them from the user only, once all results of the turn are in. */
  private images: JsonObject[] = [];

  add(item: JsonObject, param: string): void {
    const type = item.type ?? 'message';
    if (type === 'message') this.addMessage(item, param);
    else if (type === 'reasoning') this.addReasoning(item);
    else if (type === 'function_call') this.addCall(item, typeof item.arguments === 'string' ? item.arguments : '{}');
    else if (type === 'custom_tool_call') this.addCall(item, JSON.stringify({ input: item.input ?? '' }));
    else if (type === 'function_call_output' || type === 'custom_tool_call_output') this.addOutput(item, param);
    else if (HOSTED_RECORDS.test(String(type))) this.notes.push({ param, did: `removed (${String(type)} belongs to a hosted tool)` });
    else throw new FairleadError('unsupported_parameter', `The item \`${String(type).slice(0, 60)}\` cannot be sent to this model: nothing is stored here that it could refer to.`, { param: `${param}.type` });
  }

  end(): { messages: JsonObject[]; notes: RequestNote[] } {
    this.closeTurn();
    this.flushImages();
    return { messages: this.messages, notes: this.notes };
  }

  private addMessage(item: JsonObject, param: string): void {
    const { role } = item;
    const content = contentToChat(item.content, `${param}.content`);
    if (role === 'assistant') {
      // Text after a tool call is the next turn; text before it belongs to the same.
      if (this.turn && (this.turn.tool_calls !== undefined || this.turn.content !== null)) this.closeTurn();
      this.openTurn().content = content;
      return;
    }
    this.closeTurn();
    this.flushImages();
    this.messages.push({ role, content });
  }

  private addReasoning(item: JsonObject): void {
    // Reasoning opens a turn: whatever was said before belongs to the one before it, unless only signatures came.
    const kept = unpackReplay(item.encrypted_content);
    if (this.turn && !(kept?.calls && !kept.reasoning)) this.closeTurn();
    const told = textOf(item.content) || textOf(item.summary);
    this.replay = merged(this.replay, kept ?? (told ? { reasoning: told } : {}));
  }

  private addCall(item: JsonObject, args: string): void {
    const turn = this.openTurn();
    const calls = (turn.tool_calls ??= []) as JsonObject[];
    const id = String(item.call_id ?? item.id ?? '');
    calls.push({ id, type: 'function', function: { name: chatNameOf(item.name, item.namespace), arguments: args }, ...this.replay?.calls?.[id] });
  }

  private addOutput(item: JsonObject, param: string): void {
    this.closeTurn();
    const { text, images } = splitToolOutput(item.output, `${param}.output`);
    this.messages.push({ role: 'tool', tool_call_id: String(item.call_id ?? ''), content: text });
    this.images.push(...images);
  }

  private openTurn(): JsonObject {
    this.flushImages();
    this.turn ??= { role: 'assistant', content: null };
    return this.turn;
  }

  private closeTurn(): void {
    const { turn, replay } = this;
    this.turn = null;
    this.replay = null;
    if (!turn) return;
    if (replay?.reasoning) turn.reasoning_content = replay.reasoning;
    this.messages.push(Object.assign(turn, replay?.fields));
  }

  private flushImages(): void {
    if (this.images.length === 0) return;
    this.messages.push({ role: 'user', content: this.images });
    this.images = [];
  }
}

function textOf(parts: unknown): string {
  if (!Array.isArray(parts)) return '';
  return parts.map((part: unknown) => (isObject(part) && typeof part.text === 'string' ? part.text : '')).join('\n').trim();
}

function merged(a: Replay | null, b: Replay): Replay {
  const reasoning = [a?.reasoning, b.reasoning].filter(Boolean).join('\n');
  return { ...(reasoning ? { reasoning } : null), fields: { ...a?.fields, ...b.fields }, calls: { ...a?.calls, ...b.calls } };
}
