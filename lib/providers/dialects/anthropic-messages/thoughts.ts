import { isObject, type JsonObject } from '@/lib/wire/call';

/** The mark of thoughts that only an Anthropic model can read back. */
const FORMAT = 'anthropic-claude-v1';

/** A thinking block as `reasoning_details` carries it through a chat client: whole, because the signature covers all of it. */
export function thoughtDetail(block: JsonObject, index: number): JsonObject | null {
  if (block.type === 'thinking') return { type: 'reasoning.text', text: block.thinking ?? '', signature: block.signature ?? '', format: FORMAT, index };
  if (block.type === 'redacted_thinking') return { type: 'reasoning.encrypted', data: block.data ?? '', format: FORMAT, index };
  return null;
}

/** The thinking blocks of an earlier turn; thoughts of other models carry no signature that Anthropic would accept. */
export function thoughtBlocks(details: unknown): JsonObject[] {
  if (!Array.isArray(details)) return [];
  return details.flatMap((detail: unknown): JsonObject[] => {
    if (!isObject(detail) || (detail.format !== undefined && detail.format !== FORMAT)) return [];
    if (detail.type === 'reasoning.text' && typeof detail.signature === 'string' && detail.signature !== '') {
      return [{ type: 'thinking', thinking: detail.text ?? '', signature: detail.signature }];
    }
    return detail.type === 'reasoning.encrypted' && typeof detail.data === 'string' ? [{ type: 'redacted_thinking', data: detail.data }] : [];
  });
}
