import { isObject, type JsonObject, type WireCall } from './call';
import { mediaInputBound, mediaOutputBound } from './media-bounds';
import { boundChat, boundContent, boundInput, boundJson, boundOutput, clientOutputLimit, DEFAULT_OUTPUT_BOUND } from './token-bounds';

type Bounded = Pick<WireCall, 'surface' | 'body' | 'upload'>;

/** Upper bound of the input tokens of a call, whatever its surface; never more than the context window. */
export function inputBoundOf(call: Bounded, contextWindow?: number | null): number {
  const { surface, body } = call;
  const media = mediaInputBound(call);
  if (media !== null) return media;
  if (surface !== 'messages' && surface !== 'responses') return boundInput(body, contextWindow);
  const bound = surface === 'messages' ? boundChat(body) + boundContent(body.system) : boundResponses(body);
  return typeof contextWindow === 'number' ? Math.min(bound, contextWindow) : bound;
}

/** Upper bound of the tokens a call may generate: the client's limit or the model's, for every choice asked for. */
export function outputBoundOf(call: Bounded, model: { maxOutputTokens?: number | null } = {}): number {
  const { surface, body } = call;
  const media = mediaOutputBound(call);
  if (media !== null) return media;
  if (surface !== 'responses') return boundOutput(body, model);
  const ceiling = model.maxOutputTokens ?? null;
  const asked = outputLimitOf({ surface, body });
  return asked === null ? (ceiling ?? DEFAULT_OUTPUT_BOUND) : ceiling === null ? asked : Math.min(asked, ceiling);
}

/** The client's own limit on generated tokens, or null when it set none. */
export function outputLimitOf({ surface, body }: Bounded): number | null {
  if (surface !== 'responses') return clientOutputLimit(body);
  return typeof body.max_output_tokens === 'number' ? body.max_output_tokens : null;
}

/** Items as the messages they are; every other field of an item counts by its bytes. */
function boundResponses(body: Readonly<JsonObject>): number {
  const items = Array.isArray(body.input) ? body.input.filter(isObject) : [];
  const messages = items.map((item) => (Array.isArray(item.output) ? { ...item, output: undefined, content: item.output } : item));
  const said = typeof body.input === 'string' ? boundContent(body.input) : messages.length > 0 ? boundChat({ ...body, messages }) : 0;
  return said + boundContent(body.instructions) + (isObject(body.text) ? boundJson(body.text) : 0) + (messages.length === 0 && Array.isArray(body.tools) ? boundJson(body.tools) + 256 : 0);
}
