import { FairleadError } from '@/lib/kernel/errors';
import { isObject, type JsonObject } from '@/lib/wire';

/** Text of a system prompt or of a tool's result: a string, or the text of its blocks. */
export function blocksText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .filter(isObject)
    .map((block) => (typeof block.text === 'string' ? block.text : ''))
    .filter((text) => text !== '')
    .join('\n\n');
}

/** A block of the user's as a chat content part. Throws for what only Anthropic's file store could resolve. */
export function userBlockToChat(block: JsonObject, param: string): JsonObject {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: typeof block.text === 'string' ? block.text : '' };
    case 'image':
      return imageToChat(block, param);
    case 'document':
      return documentToChat(block, param);
    case 'search_result':
      return { type: 'text', text: `${String(block.title ?? '')}\n${String(block.source ?? '')}\n${blocksText(block.content)}`.trim() };
    default:
      throw cannot(`${param}.type`, `The block \`${String(block.type).slice(0, 40)}\` is not known to it.`);
  }
}

function imageToChat({ source }: JsonObject, param: string): JsonObject {
  if (isObject(source)) {
    if (source.type === 'base64' && typeof source.data === 'string') return { type: 'image_url', image_url: { url: `data:${String(source.media_type ?? 'image/png')};base64,${source.data}` } };
    if (source.type === 'url' && typeof source.url === 'string') return { type: 'image_url', image_url: { url: source.url } };
  }
  throw cannot(`${param}.source`, 'Send images as base64 or by URL; no files are stored here.');
}

function documentToChat({ source, title }: JsonObject, param: string): JsonObject {
  if (isObject(source)) {
    if (source.type === 'text' && typeof source.data === 'string') return { type: 'text', text: source.data };
    if (source.type === 'content') return { type: 'text', text: blocksText(source.content) };
    if (source.type === 'base64' && typeof source.data === 'string') {
      const kind = String(source.media_type ?? 'application/pdf');
      return { type: 'file', file: { filename: typeof title === 'string' ? title : 'document.pdf', file_data: `data:${kind};base64,${source.data}` } };
    }
  }
  throw cannot(`${param}.source`, 'Send documents as base64 or text; no files are stored or fetched here.');
}

export function cannot(param: string, why: string): FairleadError {
  return new FairleadError('unsupported_parameter', `\`${param}\` cannot be sent to this model. ${why}`, { param });
}
