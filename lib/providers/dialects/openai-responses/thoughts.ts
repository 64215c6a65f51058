import { isObject, type JsonObject } from '@/lib/wire/call';

/** The mark of sealed reasoning that only OpenAI's Responses can read back. */
const FORMAT = 'openai-responses-v1';

/** A reasoning item as `reasoning_details` carries it through a chat client; null where nothing of it was sealed. */
export function sealedThought(item: JsonObject, index: number): JsonObject | null {
  if (item.type !== 'reasoning' || typeof item.encrypted_content !== 'string' || item.encrypted_content === '') return null;
  return { type: 'reasoning.encrypted', data: item.encrypted_content, ...(typeof item.id === 'string' ? { id: item.id } : null), format: FORMAT, index };
}

/** The reasoning items of an earlier turn, as they came. */
export function thoughtItems(details: unknown): JsonObject[] {
  if (!Array.isArray(details)) return [];
  return details.flatMap((detail: unknown): JsonObject[] => {
    if (!isObject(detail) || detail.format !== FORMAT || typeof detail.data !== 'string') return [];
    return [{ type: 'reasoning', ...(typeof detail.id === 'string' ? { id: detail.id } : null), summary: [], encrypted_content: detail.data }];
  });
}
