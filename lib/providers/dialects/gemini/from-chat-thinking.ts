import { isObject, type JsonObject } from '@/lib/wire/call';
import type { Notes } from '../translation/notes';

/** Tokens to think, by effort, for the models up to 2.5, which take a budget. */
const BUDGETS: Readonly<Record<string, number>> = { none: 0, minimal: 512, low: 1_024, medium: 8_192, high: 24_576, xhigh: 24_576, max: 24_576 };
/** The level that later models take instead. */
const LEVELS: Readonly<Record<string, string>> = { none: 'minimal', minimal: 'minimal', low: 'low', medium: 'medium', high: 'high', xhigh: 'high', max: 'high' };

/** `thinkingConfig` for a chat client's wish to reason; undefined where it has none. Google's own `thinking_config` passes as it is. */
export function readThinking(body: Readonly<JsonObject>, model: string, notes: Notes): JsonObject | undefined {
  if (isObject(body.thinking_config)) return body.thinking_config;
  const reasoning = isObject(body.reasoning) ? body.reasoning : {};
  const field = body.reasoning_effort === undefined || body.reasoning_effort === null ? 'reasoning.effort' : 'reasoning_effort';
  const effort = reasoning.enabled === false ? 'none' : (body.reasoning_effort ?? reasoning.effort ?? (reasoning.enabled === true ? 'medium' : undefined));
  const takesBudget = /gemini-(?:1|2)\b/.test(model);
  if (typeof reasoning.max_tokens === 'number' && takesBudget) return { thinkingBudget: reasoning.max_tokens, includeThoughts: true };
  if (effort === undefined || effort === null) return undefined;
  const wanted = String(effort);
  const level = LEVELS[wanted];
  if (level === undefined) throw notes.refuse(field, 'expected none, minimal, low, medium, high, xhigh or max');
  const includeThoughts = wanted === 'none' ? null : { includeThoughts: true };
  if (takesBudget) {
    notes.add(field, `thinkingBudget=${BUDGETS[wanted]}`);
    return { thinkingBudget: BUDGETS[wanted], ...includeThoughts };
  }
  if (level !== wanted) notes.add(field, `thinkingLevel=${level}`);
  return { thinkingLevel: level, ...includeThoughts };
}
