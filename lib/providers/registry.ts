import { anthropic } from './adapters/anthropic';
import { anthropicCompatible } from './adapters/anthropic-compatible';
import { azureOpenAi } from './adapters/azure-openai';
import { bedrock } from './adapters/bedrock';
import { cohere } from './adapters/cohere';
import { deepseek } from './adapters/deepseek';
import { demo } from './adapters/demo';
import { doubao } from './adapters/doubao';
import { fireworks } from './adapters/fireworks';
import { gemini } from './adapters/gemini';
import { glm } from './adapters/glm';
import { groq } from './adapters/groq';
import { kimi } from './adapters/kimi';
import { minimax } from './adapters/minimax';
import { mistral } from './adapters/mistral';
import { ollama } from './adapters/ollama';
import { openai } from './adapters/openai';
import { openAiCompatible } from './adapters/openai-compatible';
import { openrouter } from './adapters/openrouter';
import { qwen } from './adapters/qwen';
import { siliconflow } from './adapters/siliconflow';
import { together } from './adapters/together';
import { vertex } from './adapters/vertex';
import { vllm } from './adapters/vllm';
import { xai } from './adapters/xai';
import type { Adapter, Dialect, DialectId, Surface } from './contract';
import { anthropicMessages } from './dialects/anthropic-messages';
import { gemini as geminiDialect } from './dialects/gemini';
import { openAiChat } from './dialects/openai-chat';
import { openAiResponses } from './dialects/openai-responses';

/** Every provider that can be configured, in the order a form lists them. */
export const ADAPTERS: readonly Adapter[] = [
  openai,
  deepseek,
  qwen,
  kimi,
  glm,
  doubao,
  anthropic,
  gemini,
  azureOpenAi,
  mistral,
  xai,
  groq,
  together,
  fireworks,
  openrouter,
  minimax,
  siliconflow,
  cohere,
  ollama,
  vllm,
  bedrock,
  vertex,
  openAiCompatible,
  anthropicCompatible,
  demo,
];

const BY_ID = new Map(ADAPTERS.map((adapter) => [adapter.id, adapter]));

const DIALECTS: Record<DialectId, Dialect> = {
  'openai-chat': openAiChat,
  'anthropic-messages': anthropicMessages,
  gemini: geminiDialect,
  'openai-responses': openAiResponses,
};

/** The adapter of a provider row, or null when the id names none. */
export function findAdapter(id: string): Adapter | null {
  return BY_ID.get(id) ?? null;
}

/** The code of a dialect. */
export function findDialect(id: DialectId): Dialect {
  return DIALECTS[id];
}

/** The surfaces a provider takes as they are; any other has to be translated to `chat` first. */
export function surfacesOf(adapter: Adapter): readonly Surface[] {
  return adapter.surfaces ?? findDialect(adapter.dialect).surfaces;
}

/**
 * The adapter as it is for one of its models: what a provider offers through Responses only speaks that dialect. `capabilities`
 * is what the catalogue says of the model; `responses-only` marks one whose name does not tell.
 */
export function adapterOfModel(adapter: Adapter, upstreamModel: string, capabilities: ReadonlySet<string>): Adapter {
  if (adapter.dialect !== 'openai-chat' || !(capabilities.has('responses-only') || adapter.quirks?.responsesOnly?.test(upstreamModel))) return adapter;
  return { ...adapter, dialect: 'openai-responses', surfaces: DIALECTS['openai-responses'].surfaces };
}

/**
 * The URL a provider row means: null is the adapter's default, the name of one of its endpoints stands for that
 * endpoint, anything else is a URL. Null when the adapter has no default and the row gives none.
 */
export function resolveBaseUrl(adapter: Adapter, baseUrl: string | null): string | null {
  const named = baseUrl === null || baseUrl === '' ? adapter.baseUrls.default : (adapter.baseUrls[baseUrl] ?? baseUrl);
  return named === '' ? null : named.replace(/\/+$/, '');
}
