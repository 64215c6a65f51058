import type { Usage } from '@/lib/kernel/usage';

/** Canonical usage as a chat answer tells it. */
export function chatUsage(usage: Usage) {
  return {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: usage.input + usage.output,
    prompt_tokens_details: { cached_tokens: usage.cacheRead, ...(usage.cacheWrite > 0 ? { cache_write_tokens: usage.cacheWrite } : null) },
    ...(usage.reasoning === null ? null : { completion_tokens_details: { reasoning_tokens: usage.reasoning } }),
  };
}
