import { isObject, type JsonObject, type Surface } from '@/lib/wire/call';
import type { DecodedReply, Quirks, UpstreamFault } from '../../contract';
import { faultInBody, faultOfKind } from './fault';
import { decodeMedia, isMedia } from './media';
import { brokenFinish } from './finish';
import { readText } from './text';
import { ThinkTagSplitter } from './think-tags';
import { findUsage, readUsage } from './usage';

/** A whole answer; anything that is not one, an error inside a 200 too, becomes a fault. */
export function decode(surface: Surface, bytes: Uint8Array, quirks: Quirks): DecodedReply | { fault: UpstreamFault } {
  if (isMedia(surface)) return decodeMedia(surface, bytes, quirks);
  // Some send blank lines to keep the connection alive before the JSON comes (DeepSeek).
  return decodeText(surface, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').trim(), quirks);
}

export function decodeText(surface: Surface, frame: string, quirks: Quirks): DecodedReply | { fault: UpstreamFault } {
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    return {
      fault: faultOfKind(
        'malformed',
        frame === '' ? 'The provider answered 200 with an empty body.' : 'The provider answered 200 with a body that is not JSON.',
        200,
      ),
    };
  }
  if (isObject(json) && hasError(json)) return { fault: faultInBody(json, quirks) };
  const answers = isObject(json) ? json[surface === 'embeddings' ? 'data' : 'choices'] : undefined;
  if (!isObject(json) || !Array.isArray(answers) || (surface !== 'embeddings' && !answers.some(isAnswer))) return { fault: faultOfKind('malformed', 'The provider answered 200 with JSON that is not an answer.', 200) };

  const raw = findUsage(json);
  const { usage, suspect } = raw ? readUsage(raw, quirks) : { usage: null, suspect: false };
  const { text, reasoning, finish } = surface === 'embeddings' ? { text: '', reasoning: '', finish: null } : readChoices(answers, quirks);
  const broken = finish === null ? null : brokenFinish(finish);
  if (broken) return { fault: broken };
  return { json, frame, usage, usageSuspect: suspect, finish, text, reasoning, id: typeof json.id === 'string' && json.id !== '' ? json.id : null };
}

/** A choice that says something, be it nothing; an empty object in its place is a provider that lost its answer. */
function isAnswer(choice: unknown): boolean {
  return isObject(choice) && (isObject(choice.message) || isObject(choice.delta) || typeof choice.text === 'string');
}

/** A top-level `error`, or MiniMax's base_resp with a code other than 0. */
export function hasError(json: JsonObject): boolean {
  if (json.error !== undefined && json.error !== null && json.error !== false) return true;
  return isObject(json.base_resp) && json.base_resp.status_code !== 0 && json.base_resp.status_code !== undefined;
}

function readChoices(choices: unknown[], quirks: Quirks): { text: string; reasoning: string; finish: string | null } {
  let text = '';
  let reasoning = '';
  let finish: string | null = null;
  for (const choice of choices) {
    if (!isObject(choice)) continue;
    if (finish === null && typeof choice.finish_reason === 'string') finish = choice.finish_reason;
    if (typeof choice.text === 'string') text += choice.text;
    if (!isObject(choice.message)) continue;
    const said = readText(choice.message);
    const parted = quirks.thinkTags ? separate(said.text) : { text: said.text, reasoning: '' };
    text += parted.text;
    reasoning += said.reasoning + parted.reasoning;
  }
  return { text, reasoning, finish };
}

function separate(content: string): { text: string; reasoning: string } {
  const splitter = new ThinkTagSplitter();
  const parted = splitter.split(content);
  const rest = splitter.flush();
  return { text: parted.text + rest.text, reasoning: parted.reasoning + rest.reasoning };
}
