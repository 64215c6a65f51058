import type { UpstreamFault } from '../../contract';
import { faultOfKind } from '../openai-chat/fault';

const FINISH: Readonly<Record<string, string>> = {
  MAX_TOKENS: 'length',
  SAFETY: 'content_filter',
  RECITATION: 'content_filter',
  BLOCKLIST: 'content_filter',
  PROHIBITED_CONTENT: 'content_filter',
  SPII: 'content_filter',
  IMAGE_SAFETY: 'content_filter',
};

/** A finish reason in OpenAI's words. Gemini has none for a call of tools: it stops, and the calls are in the answer. */
export function chatFinish(reason: string, calledTools: boolean): string {
  return FINISH[reason] ?? (calledTools ? 'tool_calls' : 'stop');
}

/** Calls of tools that the model began and Gemini could not read: nothing of them is in the answer (GenerateContent reference, FinishReason, 2026). */
const LOST_CALLS: ReadonlySet<unknown> = new Set(['MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL', 'TOO_MANY_TOOL_CALLS', 'MALFORMED_RESPONSE']);

/** The fault of an answer whose finish says that what the model meant to say is lost; null for any other. */
export function lostCall(reason: unknown): UpstreamFault | null {
  return LOST_CALLS.has(reason) ? faultOfKind('malformed', `the provider ended its answer with "${String(reason)}"`, 200) : null;
}
