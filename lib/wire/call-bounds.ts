import type { WireCall } from './call';
import { boundInput, boundOutput, clientOutputLimit } from './token-bounds';

/** Upper bound of the input tokens of a call, whatever its surface; never more than the context window. */
export function inputBoundOf({ body }: Pick<WireCall, 'surface' | 'body'>, contextWindow?: number | null): number {
  return boundInput(body, contextWindow);
}

/** Upper bound of the tokens a call may generate: the client's limit or the model's, for every choice asked for. */
export function outputBoundOf({ body }: Pick<WireCall, 'surface' | 'body'>, model: { maxOutputTokens?: number | null } = {}): number {
  return boundOutput(body, model);
}

/** The client's own limit on generated tokens, or null when it set none. */
export function outputLimitOf({ body }: Pick<WireCall, 'surface' | 'body'>): number | null {
  return clientOutputLimit(body);
}
