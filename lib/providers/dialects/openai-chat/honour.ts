import { isObject, type JsonObject } from '@/lib/wire/call';
import type { Quirks } from '../../contract';
import type { Notes } from '../translation/notes';

/** Tokens to think, by effort, where a provider takes a budget instead. */
const BUDGETS: Readonly<Record<string, number>> = { minimal: 512, low: 2_048, medium: 8_192, high: 16_384, xhigh: 32_768, max: 32_768 };

/** Refuses what the provider would answer with something else than was asked for. */
export function refuseUnkept(body: Readonly<JsonObject>, quirks: Quirks, upstreamModel: string, notes: Notes): void {
  for (const { param, values, models, why } of quirks.refuse ?? []) {
    if (models && !models.test(upstreamModel)) continue;
    const value = param.split('.').reduce<unknown>((inner, step) => (isObject(inner) ? inner[step] : undefined), body);
    const named = isObject(value) ? 'object' : value;
    if (typeof named === 'string' && values.includes(named)) throw notes.refuse(param, why);
  }
}

/** Says a wish for reasoning in the words of a provider that has a switch for it instead of an effort. The provider's own words come first. */
export function sayEffort(body: JsonObject, quirks: Quirks, upstreamModel: string, notes: Notes): void {
  const { effort } = quirks;
  const wanted = body.reasoning_effort;
  if (!effort || typeof wanted !== 'string' || (effort.models && !effort.models.test(upstreamModel))) return;
  delete body.reasoning_effort;
  if (body[effort.as] !== undefined) return notes.add('reasoning_effort', `removed (${effort.as} is set)`);
  const thinks = wanted !== 'none';
  if (effort.as === 'thinking') {
    body.thinking = { type: thinks ? 'enabled' : 'disabled' };
    return notes.add('reasoning_effort', `thinking.type=${thinks ? 'enabled' : 'disabled'}`);
  }
  body.enable_thinking = thinks;
  const budget = BUDGETS[wanted];
  if (budget !== undefined) body.thinking_budget = budget;
  notes.add('reasoning_effort', `enable_thinking=${thinks}${budget === undefined ? '' : `, thinking_budget=${budget}`}`);
}

/** Removes fields of earlier turns that the provider refuses, such as the reasoning of another model. */
export function stripMessages(messages: unknown, fields: readonly string[], notes: Notes): unknown {
  if (!Array.isArray(messages)) return messages;
  return messages.map((message: unknown, index) => {
    if (!isObject(message)) return message;
    const present = fields.filter((field) => field in message);
    if (present.length === 0) return message;
    for (const field of present) notes.add(`messages[${index}].${field}`, 'removed');
    return Object.fromEntries(Object.entries(message).filter(([field]) => !present.includes(field)));
  });
}
