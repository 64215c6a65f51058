import type { Usage } from '@/lib/kernel/usage';

const WIDE = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/g;

/** Tokens a text counts for when no provider count was seen: one per wide character, one per four others. */
export function estimateTokens(text: string): number {
  if (text === '') return 0;
  const wide = text.match(WIDE)?.length ?? 0;
  return wide + Math.ceil((text.length - wide) / 4);
}

/** Usage from what was sent and what was delivered, for answers whose provider never said; `prompt` where it said that much. */
export function estimateUsage(promptBytes: number, delivered: { text: string; reasoning: string }, prompt: Usage | null = null): Usage {
  const reasoning = estimateTokens(delivered.reasoning);
  const { input, cacheRead, cacheWrite, cacheWrite1h } = prompt ?? { input: Math.ceil(promptBytes / 4), cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0 };
  return { input, cacheRead, cacheWrite, cacheWrite1h, output: estimateTokens(delivered.text) + reasoning, reasoning: reasoning || null };
}
