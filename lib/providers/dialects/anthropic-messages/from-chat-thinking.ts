import { isObject, type JsonObject } from '@/lib/wire/call';
import type { Quirks } from '../../contract';
import type { Notes } from '../translation/notes';

/** Tokens a model may think, by effort, where it takes a budget instead of an effort. */
const BUDGETS: Readonly<Record<string, number>> = { minimal: 1_024, low: 2_048, medium: 8_192, high: 16_384, xhigh: 32_768, max: 65_536 };
const SMALLEST_BUDGET = 1_024;
const EFFORTS: Readonly<Record<string, string>> = { minimal: 'low', low: 'low', medium: 'medium', high: 'high', xhigh: 'xhigh', max: 'max' };

export interface Thinking {
  thinking?: unknown;
  effort?: string;
}

interface Context {
  model: string;
  maxTokens: number;
  /** A forced tool call leaves no room for thoughts. */
  forced: boolean;
  /** The conversation waits in the middle of a tool loop whose thoughts the client did not send back. */
  thoughtsLost: boolean;
}

/** How a chat client's wish for reasoning is said here. The client's own `thinking` object passes as it is. */
export function readThinking(body: Readonly<JsonObject>, context: Context, quirks: Quirks, notes: Notes): Thinking {
  if (isObject(body.thinking)) return { thinking: body.thinking };
  const reasoning = isObject(body.reasoning) ? body.reasoning : {};
  const field = body.reasoning_effort === undefined || body.reasoning_effort === null ? 'reasoning.effort' : 'reasoning_effort';
  const effort = body.reasoning_effort ?? reasoning.effort;
  const budget = typeof reasoning.max_tokens === 'number' ? reasoning.max_tokens : undefined;
  if (reasoning.enabled === false || effort === 'none') return { thinking: { type: 'disabled' } };
  if ((effort === undefined || effort === null) && budget === undefined && reasoning.enabled !== true) return {};
  const wanted = typeof effort === 'string' ? effort : 'medium';
  if (BUDGETS[wanted] === undefined) throw notes.refuse(field, 'expected none, minimal, low, medium, high, xhigh or max');

  const style = (quirks.thinking ?? []).find(({ match }) => match.test(context.model))?.style ?? 'budget';
  if (style === 'none' || context.forced) {
    notes.add(field, style === 'none' ? 'removed (this model does not reason)' : 'removed (tool_choice forces a tool)');
    return {};
  }
  if (style === 'adaptive') {
    if (EFFORTS[wanted] !== wanted) notes.add(field, `output_config.effort=${EFFORTS[wanted]}`);
    return { thinking: { type: 'adaptive' }, effort: EFFORTS[wanted] };
  }
  if (context.thoughtsLost) {
    notes.add(field, 'removed (the turn before the tool results came back without its thoughts)');
    return {};
  }
  const tokens = Math.min(budget ?? (BUDGETS[wanted] as number), context.maxTokens - 1);
  if (tokens < SMALLEST_BUDGET) {
    notes.add(field, `removed (max_tokens leaves less than ${SMALLEST_BUDGET} tokens to think)`);
    return {};
  }
  notes.add(field, `thinking.budget_tokens=${tokens}`);
  return { thinking: { type: 'enabled', budget_tokens: tokens } };
}
