import { CATALOGUE } from '@/lib/catalog';

/** How one of LiteLLM's providers is reached here. */
export interface LitellmProvider {
  adapter: string;
  /** The address where it is not the adapter's own; `required`: the deployment has to name one. */
  base?: string | 'required';
}

/** LiteLLM's provider prefixes (docs.litellm.ai/docs/providers, read 2026-11-25). */
const PROVIDERS: Readonly<Record<string, LitellmProvider>> = {
  openai: { adapter: 'openai' },
  'text-completion-openai': { adapter: 'openai' },
  custom_openai: { adapter: 'openai-compatible', base: 'required' },
  openai_like: { adapter: 'openai-compatible', base: 'required' },
  litellm_proxy: { adapter: 'openai-compatible', base: 'required' },
  lm_studio: { adapter: 'openai-compatible', base: 'required' },
  llamafile: { adapter: 'openai-compatible', base: 'required' },
  xinference: { adapter: 'openai-compatible', base: 'required' },
  azure_ai: { adapter: 'openai-compatible', base: 'required' },
  databricks: { adapter: 'openai-compatible', base: 'required' },
  azure: { adapter: 'azure-openai', base: 'required' },
  anthropic: { adapter: 'anthropic' },
  gemini: { adapter: 'gemini' },
  vertex_ai: { adapter: 'vertex', base: 'required' },
  bedrock: { adapter: 'bedrock', base: 'required' },
  deepseek: { adapter: 'deepseek' },
  mistral: { adapter: 'mistral' },
  groq: { adapter: 'groq' },
  cohere: { adapter: 'cohere' },
  cohere_chat: { adapter: 'cohere' },
  together_ai: { adapter: 'together' },
  fireworks_ai: { adapter: 'fireworks' },
  openrouter: { adapter: 'openrouter' },
  xai: { adapter: 'xai' },
  ollama: { adapter: 'ollama' },
  ollama_chat: { adapter: 'ollama' },
  vllm: { adapter: 'vllm' },
  hosted_vllm: { adapter: 'vllm' },
  dashscope: { adapter: 'qwen' },
  moonshot: { adapter: 'kimi' },
  zai: { adapter: 'glm' },
  volcengine: { adapter: 'doubao' },
  minimax: { adapter: 'minimax' },
  perplexity: { adapter: 'openai-compatible', base: 'https://api.perplexity.ai' },
  cerebras: { adapter: 'openai-compatible', base: 'https://api.cerebras.ai/v1' },
  nvidia_nim: { adapter: 'openai-compatible', base: 'https://integrate.api.nvidia.com/v1' },
  deepinfra: { adapter: 'openai-compatible', base: 'https://api.deepinfra.com/v1/openai' },
  sambanova: { adapter: 'openai-compatible', base: 'https://api.sambanova.ai/v1' },
};

/** Names without a prefix, as LiteLLM guesses them. */
const GUESSES: readonly (readonly [RegExp, string])[] = [
  [/^(ft:)?(gpt-|chatgpt-|o[134](-|$)|text-embedding-|dall-e|tts-|whisper|davinci|babbage|omni-moderation|text-moderation)/, 'openai'],
  [/^claude-/, 'anthropic'],
  [/^gemini-/, 'gemini'],
  [/^(command|embed-|rerank-)/, 'cohere'],
  [/^mistral-|^codestral/, 'mistral'],
];

export interface NamedModel {
  provider: LitellmProvider;
  /** LiteLLM's name of the provider. */
  prefix: string;
  /** What is sent upstream. */
  upstreamModel: string;
}

/**
 * Whose model `provider/model` is. An address of its own makes an unknown name an OpenAI-compatible server, as it does
 * there. Null: no provider of ours.
 */
export function nameModel(model: string, given: string | undefined, hasBase: boolean): NamedModel | null {
  const slash = model.indexOf('/');
  const prefix = given ?? (slash > 0 ? model.slice(0, slash) : '');
  const rest = slash > 0 && model.slice(0, slash) === prefix ? model.slice(slash + 1) : model;
  const known = PROVIDERS[prefix];
  if (known) return { provider: reach(prefix, known, hasBase), prefix, upstreamModel: withoutRoute(prefix, rest) };
  if (slash > 0 && !hasBase) return null;
  const guess = GUESSES.find(([pattern]) => pattern.test(model))?.[1] ?? CATALOGUE.find(({ id }) => id === model)?.adapter;
  if (guess && PROVIDERS[guess]) return { provider: reach(guess, PROVIDERS[guess], hasBase), prefix: guess, upstreamModel: model };
  return hasBase ? { provider: { adapter: 'openai-compatible', base: 'required' }, prefix: 'openai', upstreamModel: model } : null;
}

/** `openai/` with an address of its own is any server that speaks OpenAI's API. */
function reach(prefix: string, known: LitellmProvider, hasBase: boolean): LitellmProvider {
  return hasBase && known.adapter === 'openai' && prefix !== 'azure' ? { adapter: 'openai-compatible', base: 'required' } : known;
}

/** Bedrock's `converse/` and `invoke/`, Azure's and OpenAI's `responses/` choose an endpoint, not a model. */
function withoutRoute(prefix: string, model: string): string {
  if (prefix === 'bedrock') return model.replace(/^(converse|invoke|converse_like)\//, '');
  return prefix === 'openai' || prefix === 'azure' ? model.replace(/^responses\//, '') : model;
}

/** Our form of an `api_base`: Azure's resource address gets the version-free path that takes no `api-version`. */
export function baseUrlOf(adapter: string, apiBase: string): string {
  const trimmed = apiBase.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  if (adapter === 'azure-openai' && !/\/openai(\/v1)?$/.test(trimmed)) return `${trimmed.replace(/\/openai\/deployments\/.*$/, '')}/openai/v1`;
  if (adapter === 'azure-openai') return trimmed.endsWith('/v1') ? trimmed : `${trimmed}/v1`;
  if (adapter === 'ollama' && !/\/v\d+$/.test(trimmed)) return `${trimmed}/v1`;
  return trimmed;
}
