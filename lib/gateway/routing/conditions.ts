import type { CompiledModel, Conditions } from '@/lib/policy';
import type { CallFacts } from './call-facts';

/** The first condition of a target that a call does not meet, as the log names it; null when it meets all. */
export function unmetCondition(conditions: Conditions, facts: CallFacts): string | null {
  const { minInputTokens, maxInputTokens, tools, images, language, plans, tags, regions } = conditions;
  if (minInputTokens !== undefined && facts.inputTokens < minInputTokens) return 'condition_min_input_tokens';
  if (maxInputTokens !== undefined && facts.inputTokens > maxInputTokens) return 'condition_max_input_tokens';
  if (tools !== undefined && facts.tools !== tools) return 'condition_tools';
  if (images !== undefined && facts.images !== images) return 'condition_images';
  if (language !== undefined && facts.language !== language) return 'condition_language';
  if (plans && !plans.includes(facts.plan)) return 'condition_plan';
  if (tags && !hasTags(tags, facts.tags)) return 'condition_tag';
  if (regions && (facts.region === null || !regions.includes(facts.region))) return 'condition_region';
  return null;
}

function hasTags(wanted: Readonly<Record<string, string>>, tags: CallFacts['tags']): boolean {
  for (const name in wanted) {
    const value = tags?.[name];
    if (value === undefined || (wanted[name] !== '*' && wanted[name] !== value)) return false;
  }
  return true;
}

/** What a call needs and the model is known not to have. A model whose capabilities nobody named is taken at its word. */
export function missingCapability({ capabilities }: Pick<CompiledModel, 'capabilities'>, facts: CallFacts): string | null {
  if (capabilities.size === 0) return null;
  if (!capabilities.has('tools') && facts.tools) return 'no_tools';
  if (!capabilities.has('vision') && facts.images) return 'no_vision';
  if (capabilities.has('no-prefill') && facts.prefill) return 'no_prefill';
  return null;
}
