import { parseUsd } from '@/lib/kernel/money';
import { matchesPattern } from './match-pattern';

/** What a rule can ask of a model. */
export interface ModelFacts {
  id: string;
  provider: string;
  /** Where its provider processes calls; null: unknown, and then no rule for a region allows it. */
  region: string | null;
  capabilities: ReadonlySet<string>;
  /** Nano-USD per million tokens, what the provider charges; null: unpriced, and then dearer than any bound. */
  rates: { input: bigint; output: bigint } | null;
}

const CONDITION = /^(provider|region|cap|max-input|max-output|min-input|min-output):(.+)$/;

/**
 * A rule of an allow or deny list: a name, a pattern with `*`, or a condition on the model behind the name:
 * `provider:qwen`, `region:cn`, `cap:vision`, `max-output:2.00` (dollars per million tokens), `min-output:10`.
 */
export function isCondition(rule: string): boolean {
  return CONDITION.test(rule);
}

/** Whether a rule speaks of this model: by its id, or by what is known of it. */
export function matchesModel(rule: string, model: ModelFacts): boolean {
  const [, kind, value = ''] = CONDITION.exec(rule) ?? [];
  switch (kind) {
    case undefined:
      return matchesPattern(model.id, rule);
    case 'provider':
      return matchesPattern(model.provider, value);
    case 'region':
      return model.region !== null && matchesPattern(model.region, value);
    case 'cap':
      return model.capabilities.has(value);
    default:
      return matchesRate(kind, value, model.rates);
  }
}

function matchesRate(kind: string, value: string, rates: ModelFacts['rates']): boolean {
  const bound = dollars(value);
  if (bound === null) return false;
  const rate = rates && (kind.endsWith('input') ? rates.input : rates.output);
  if (kind.startsWith('max')) return rate !== null && rate <= bound;
  return rate === null || rate >= bound;
}

function dollars(text: string): bigint | null {
  try {
    return parseUsd(text);
  } catch {
    return null;
  }
}
