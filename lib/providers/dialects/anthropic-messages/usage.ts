import type { Usage } from '@/lib/kernel/usage';
import { isObject, type JsonObject } from '@/lib/wire/call';
import type { UsageReading } from '../openai-chat/usage';
import { readCount, usageFrom } from '../translation/counts';

/**
 * Anthropic's usage in canonical form. Its parts are additive: `input_tokens` holds neither what was read from
 * the cache nor what was written to it. `iterations` names passes beside the answer itself (compaction), which
 * are billed and not part of the top-level counts.
 */
export function readUsage(raw: JsonObject): UsageReading {
  const passes = [raw, ...(Array.isArray(raw.iterations) ? raw.iterations.filter(isObject).filter(({ type }) => type !== 'message') : [])];
  const sum = (read: (pass: JsonObject) => unknown) => passes.reduce((total, pass) => total + (readCount(read(pass)) ?? 0), 0);
  if (readCount(raw.input_tokens) === null && readCount(raw.output_tokens) === null) return { usage: null, suspect: false };
  const cacheRead = sum((pass) => pass.cache_read_input_tokens);
  const cacheWrite = sum((pass) => pass.cache_creation_input_tokens);
  return usageFrom({
    input: sum((pass) => pass.input_tokens) + cacheRead + cacheWrite,
    cacheRead,
    cacheWrite,
    cacheWrite1h: sum((pass) => (isObject(pass.cache_creation) ? pass.cache_creation.ephemeral_1h_input_tokens : 0)),
    output: sum((pass) => pass.output_tokens),
    reasoning: readCount(isObject(raw.output_tokens_details) ? raw.output_tokens_details.thinking_tokens : null),
  });
}

/**
 * Usage as a stream tells it: the prompt in `message_start`, whose output count is only a beginning, then all of it
 * in `message_delta`; older servers repeat only the output there.
 */
export class ToldUsage {
  private told: JsonObject = {};

  start(usage: unknown): void {
    if (isObject(usage)) this.told = usage;
  }

  end(usage: JsonObject): UsageReading {
    this.told = { ...this.told };
    for (const field in usage) {
      if (usage[field] !== null && usage[field] !== undefined) this.told[field] = usage[field];
    }
    return readUsage(this.told);
  }

  /** The prompt alone, while the output is not told yet. */
  prompt(): Usage | null {
    return readUsage({ ...this.told, output_tokens: 0 }).usage;
  }
}
