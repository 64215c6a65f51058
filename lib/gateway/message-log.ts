import { MASK_MARGIN } from './masking/mask-body';

/** A margin past what a body may hold: what lies across that cut can still be masked whole. */
const MAX_LOGGED = 256 * 1024 + MASK_MARGIN;

interface ToolCall {
  id?: string;
  name: string;
  arguments: string;
}

/** Puts the deltas of a stream together again, for the log and for estimates. Bounded: a long answer is cut in the log only. */
export class MessageLog {
  text = '';
  reasoning = '';
  private readonly toolCalls: ToolCall[] = [];
  /** The finish in the provider's own words, where they were translated. */
  private nativeFinish: string | null = null;

  add(chunk: Record<string, unknown>, text: string, reasoning: string): void {
    if (text !== '' && this.text.length < MAX_LOGGED) this.text += text;
    if (reasoning !== '' && this.reasoning.length < MAX_LOGGED) this.reasoning += reasoning;
    const choice = (chunk.choices as { delta?: { tool_calls?: unknown }; native_finish_reason?: unknown }[] | undefined)?.[0];
    if (typeof choice?.native_finish_reason === 'string') this.nativeFinish = choice.native_finish_reason;
    const calls = choice?.delta?.tool_calls;
    if (Array.isArray(calls)) for (const call of calls) this.addToolCall(call);
  }

  toJson(finish: string | null): string {
    return JSON.stringify({
      role: 'assistant',
      content: this.text === '' && this.toolCalls.length > 0 ? null : this.text,
      ...(this.reasoning ? { reasoning_content: this.reasoning } : {}),
      ...(this.toolCalls.length > 0
        ? { tool_calls: this.toolCalls.filter(Boolean).map(({ id, name, arguments: args }) => ({ id, type: 'function', function: { name, arguments: args } })) }
        : {}),
      finish_reason: finish,
      ...(this.nativeFinish !== null && this.nativeFinish !== finish ? { native_finish_reason: this.nativeFinish } : {}),
    });
  }

  private addToolCall(delta: { index?: number; id?: string; function?: { name?: string; arguments?: string } }): void {
    const index = typeof delta.index === 'number' && delta.index >= 0 && delta.index < 128 ? delta.index : 0;
    this.toolCalls[index] ??= { name: '', arguments: '' };
    const call = this.toolCalls[index] as ToolCall;
    if (delta.id) call.id = delta.id;
    if (delta.function?.name) call.name = delta.function.name;
    if (delta.function?.arguments && call.arguments.length < MAX_LOGGED) call.arguments += delta.function.arguments;
  }
}
