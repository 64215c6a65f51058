/** What the gateway recorded about a choice, told apart so that it can be said in the reader's language. */
export type RoutingReason =
  | { code: 'named' | 'only' | 'unpriced' | 'noTimeYet' | 'anotherCredential' | 'sameAgain' }
  | { code: 'priority'; place: number }
  | { code: 'weight'; weight: number }
  | { code: 'stickyWeight'; by: string; weight: number }
  | { code: 'sticky'; by: string }
  | { code: 'cost'; cost: string }
  | { code: 'speed'; ms: number }
  | { code: 'canary'; percent: number }
  | { code: 'explored'; reason: RoutingReason }
  | { code: 'probing'; reason: RoutingReason };

/** What followed an attempt that failed. */
export type LeftForReason =
  | { code: 'target' | 'larger' | 'credential' | 'prefill' | 'waitTooLong' | 'budgetUsed' | 'coolingDown' | 'noOther' | 'overflowKept' | 'clientLeft' }
  | { code: 'again'; ms: number };

const WORDS: Record<string, RoutingReason> = {
  'named by the client': { code: 'named' },
  'the only target': { code: 'only' },
  unpriced: { code: 'unpriced' },
  'no time known yet': { code: 'noTimeYet' },
  'another credential': { code: 'anotherCredential' },
  'the same target again': { code: 'sameAgain' },
};

const PATTERNS: readonly [RegExp, (found: RegExpExecArray) => RoutingReason | null][] = [
  [/^(.+), probing whether it is back$/, ([, inner = '']) => within('probing', inner)],
  [/^tried to learn its speed \((.+)\)$/, ([, inner = '']) => within('explored', inner)],
  [/^priority (\d+)$/, ([, place]) => ({ code: 'priority', place: Number(place) })],
  [/^weight ([\d.]+)$/, ([, weight]) => ({ code: 'weight', weight: Number(weight) })],
  [/^sticky by (\w+), weight ([\d.]+)$/, ([, by = '', weight]) => ({ code: 'stickyWeight', by, weight: Number(weight) })],
  [/^sticky by (\w+)$/, ([, by = '']) => ({ code: 'sticky', by })],
  [/^about (\$[\d.]+)$/, ([, cost = '']) => ({ code: 'cost', cost })],
  [/^median first token (\d+) ms$/, ([, ms]) => ({ code: 'speed', ms: Number(ms) })],
  [/^canary ([\d.]+) %$/, ([, percent]) => ({ code: 'canary', percent: Number(percent) })],
];

const LEFT_FOR: Record<string, LeftForReason> = {
  'the next target': { code: 'target' },
  'a larger target': { code: 'larger' },
  'another credential': { code: 'credential' },
  'the next target: this one does not go on from words of the assistant': { code: 'prefill' },
  'the next target: the wait asked for is too long': { code: 'waitTooLong' },
  'the next target: the retry budget is used up': { code: 'budgetUsed' },
  'the next target: this one cools down': { code: 'coolingDown' },
  'nobody: another target would answer the same': { code: 'noOther' },
  'nobody: the alias keeps long prompts from other targets': { code: 'overflowKept' },
  'nobody: the client left': { code: 'clientLeft' },
};

/** Why a target was chosen; null for words that nobody here knows, which are then shown as they are. */
export function readReason(words: string): RoutingReason | null {
  const known = WORDS[words];
  if (known) return known;
  for (const [pattern, make] of PATTERNS) {
    const found = pattern.exec(words);
    if (found) return make(found);
  }
  return null;
}

/** What came after a failed attempt; null for words that nobody here knows. */
export function readLeftFor(words: string): LeftForReason | null {
  const again = /^the same target after (\d+) ms$/.exec(words);
  return again ? { code: 'again', ms: Number(again[1]) } : (LEFT_FOR[words] ?? null);
}

function within(code: 'explored' | 'probing', inner: string): RoutingReason | null {
  const reason = readReason(inner);
  return reason && { code, reason };
}
