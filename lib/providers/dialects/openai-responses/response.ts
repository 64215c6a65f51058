import { isObject, type JsonObject } from '@/lib/wire/call';

/** What a response object says: text, thoughts and calls of its output items. */
export function readOutput(output: unknown): { text: string; reasoning: string; called: boolean } {
  let text = '';
  let reasoning = '';
  let called = false;
  for (const item of Array.isArray(output) ? (output as unknown[]) : []) {
    if (!isObject(item)) continue;
    if (item.type === 'message') text += join(item.content);
    else if (item.type === 'reasoning') reasoning += join(item.content) || join(item.summary);
    else if (item.type === 'function_call' || item.type === 'custom_tool_call') {
      called = true;
      text += String(item.name ?? '') + String(item.arguments ?? item.input ?? '');
    }
  }
  return { text, reasoning, called };
}

function join(parts: unknown): string {
  return (Array.isArray(parts) ? parts : []).map((part: unknown) => (isObject(part) ? String(part.text ?? part.refusal ?? '') : '')).join('');
}

/** How a response ended, in its own words. */
export function nativeFinishOf(response: JsonObject): string {
  const reason = isObject(response.incomplete_details) ? response.incomplete_details.reason : null;
  return typeof reason === 'string' ? reason : String(response.status);
}

/** How a response ended, in chat's words; null while it runs in the background. */
export function finishOf(response: JsonObject): string | null {
  if (response.status === 'completed') return readOutput(response.output).called ? 'tool_calls' : 'stop';
  if (response.status !== 'incomplete') return null;
  const reason = isObject(response.incomplete_details) ? response.incomplete_details.reason : null;
  return reason === 'content_filter' ? 'content_filter' : 'length';
}
