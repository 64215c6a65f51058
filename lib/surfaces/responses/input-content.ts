import { FairleadError } from '@/lib/kernel/errors';
import { isObject, type JsonObject } from '@/lib/wire';

/** Content of a message item as chat content. Throws for a part that only OpenAI's file store could resolve. */
export function contentToChat(content: unknown, param: string): unknown {
  if (!Array.isArray(content)) return content;
  const parts = content.map((part: unknown, index) => partToChat(part, `${param}[${index}]`));
  // Plain text is a string in chat: many targets know no other form for system and assistant turns.
  return parts.every((part) => part.type === 'text') ? parts.map((part) => part.text).join('') : parts;
}

/** What a tool returned: its text, and its images, which chat takes from the user only. */
export function splitToolOutput(output: unknown, param: string): { text: string; images: JsonObject[] } {
  if (typeof output === 'string') return { text: output, images: [] };
  if (!Array.isArray(output)) return { text: output === undefined || output === null ? '' : JSON.stringify(output), images: [] };
  const parts = output.map((part: unknown, index) => partToChat(part, `${param}[${index}]`));
  const text = parts.filter((part) => part.type === 'text').map((part) => part.text).join('\n');
  return { text, images: parts.filter((part) => part.type !== 'text') };
}

function partToChat(part: unknown, param: string): JsonObject {
  if (typeof part === 'string') return { type: 'text', text: part };
  if (!isObject(part)) throw cannot(param, 'It is not an object.');
  switch (part.type) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return { type: 'text', text: typeof part.text === 'string' ? part.text : '' };
    case 'refusal':
      return { type: 'text', text: typeof part.refusal === 'string' ? part.refusal : '' };
    case 'input_image':
      return imageToChat(part, param);
    case 'input_file':
      return fileToChat(part, param);
    case 'input_audio':
      return { type: 'input_audio', input_audio: part.input_audio };
    default:
      throw cannot(`${param}.type`, `The part \`${String(part.type).slice(0, 40)}\` is not known.`);
  }
}

function imageToChat({ image_url: url, detail, file_id: file }: JsonObject, param: string): JsonObject {
  if (typeof url === 'string') return { type: 'image_url', image_url: { url, ...(typeof detail === 'string' ? { detail } : null) } };
  throw cannot(file === undefined ? `${param}.image_url` : `${param}.file_id`, 'Send the image as a URL or a data URL; no files are stored here.');
}

function fileToChat({ file_data: data, filename, file_url: url }: JsonObject, param: string): JsonObject {
  if (typeof data === 'string') return { type: 'file', file: { file_data: data, filename: typeof filename === 'string' ? filename : 'file' } };
  throw cannot(url === undefined ? `${param}.file_id` : `${param}.file_url`, 'Send the file as `file_data`; this model takes no addresses of files and none are stored here.');
}

function cannot(param: string, why: string): FairleadError {
  return new FairleadError('unsupported_parameter', `\`${param}\` cannot be sent to this model. ${why}`, { param });
}
