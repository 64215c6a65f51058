import type { Usage } from '@/lib/kernel/usage';
import type { JsonObject } from '@/lib/wire/call';
import type { StreamPart } from '../../contract';
import { chatUsage } from './chat-usage';

/** Builds the chunks of a chat stream for an upstream of another family. */
export class ChatChunks {
  id = '';
  model = '';
  /** The choice that the next chunks belong to. */
  choice = 0;
  private readonly created = Math.floor(Date.now() / 1000);

  role(): StreamPart {
    const chunk = this.chunk({ role: 'assistant', content: '' });
    return { kind: 'role', frame: JSON.stringify(chunk), chunk };
  }

  text(text: string, logprobs?: unknown): StreamPart {
    return this.content({ content: text }, text, '', Array.isArray(logprobs) && logprobs.length > 0 ? { logprobs: { content: logprobs, refusal: null } } : {});
  }

  refusal(text: string): StreamPart {
    return this.content({ refusal: text }, text, '');
  }

  reasoning(text: string): StreamPart {
    return this.content({ reasoning_content: text }, '', text);
  }

  /** What a client has to send back for the thought to count in the next turn: whole blocks with their signatures. */
  reasoningDetails(details: readonly JsonObject[]): StreamPart {
    return this.content({ reasoning_details: details }, '', '');
  }

  callStart(index: number, id: string, name: string, more: JsonObject = {}): StreamPart {
    return this.content({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' }, ...more }] }, name, '');
  }

  callArguments(index: number, piece: string): StreamPart {
    return this.content({ tool_calls: [{ index, function: { arguments: piece } }] }, piece, '');
  }

  finish(finish: string, native: string): StreamPart {
    const chunk = this.chunk({}, { finish_reason: finish, native_finish_reason: native });
    return { kind: 'finish', frame: JSON.stringify(chunk), chunk, finish, text: '', reasoning: '' };
  }

  usage(usage: Usage): StreamPart {
    const chunk = { ...this.chunk({}), choices: [], usage: chatUsage(usage) };
    return { kind: 'usage', frame: JSON.stringify(chunk), chunk };
  }

  private content(delta: JsonObject, text: string, reasoning: string, more: JsonObject = {}): StreamPart {
    const chunk = this.chunk(delta, { ...more, finish_reason: null });
    return { kind: 'content', frame: JSON.stringify(chunk), chunk, text, reasoning };
  }

  private chunk(delta: JsonObject, end: JsonObject = { finish_reason: null }): JsonObject {
    return {
      id: this.id,
      object: 'chat.completion.chunk',
      created: this.created,
      model: this.model,
      choices: [{ index: this.choice, delta, ...end }],
    };
  }
}
