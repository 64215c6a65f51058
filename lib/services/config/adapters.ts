import type { Adapter } from '@/lib/providers/contract';
import { findAdapter } from '@/lib/providers/registry';
import { suggest } from './suggest';

/** The adapters the configuration format knows (its published list), whether this release serves them or not. */
const KNOWN_ADAPTERS = [
  'openai', 'deepseek', 'qwen', 'kimi', 'glm', 'doubao', 'anthropic', 'gemini', 'azure-openai', 'mistral', 'xai', 'groq', 'together', 'fireworks',
  'openrouter', 'minimax', 'siliconflow', 'cohere', 'ollama', 'vllm', 'bedrock', 'vertex', 'anthropic-compatible', 'openai-compatible',
];

/** The adapter of that id, or why it cannot be used. */
export function requireAdapter(id: string): { adapter: Adapter } | { problem: string } {
  const adapter = findAdapter(id);
  if (adapter) return { adapter };
  if (KNOWN_ADAPTERS.includes(id)) return { problem: `the adapter "${id}" is not served by this release yet; served are ${servedAdapters().join(', ')}` };
  const nearest = suggest(id, KNOWN_ADAPTERS);
  return { problem: `there is no adapter "${id}"${nearest ? `; did you mean "${nearest}"?` : `; known are ${KNOWN_ADAPTERS.join(', ')}`}` };
}

function servedAdapters(): string[] {
  return KNOWN_ADAPTERS.filter((id) => findAdapter(id));
}
