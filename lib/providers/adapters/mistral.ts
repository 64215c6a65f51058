import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const mistral: Adapter = {
  id: 'mistral',
  label: 'Mistral',
  docsUrl: 'https://docs.mistral.ai/api',
  keysUrl: 'https://console.mistral.ai/api-keys',
  dialect: 'openai-chat',
  surfaces: ['chat', 'embeddings', 'transcriptions', 'moderations'],
  baseUrls: { default: 'https://api.mistral.ai/v1' },
  credential: { label: 'API key', placeholder: 'API key' },
  authorize: bearer,
  quirks: {
    // Unknown fields are a 422, stream_options among them; usage comes on the finish chunk anyway.
    streamUsage: 'always',
    rename: { max_completion_tokens: 'max_tokens', seed: 'random_seed' },
    strip: ['user', 'store', 'service_tier', 'prompt_cache_key', 'prompt_cache_retention', 'safety_identifier', 'verbosity'],
    values: { tool_choice: { required: 'any' } },
    noDeveloperRole: true,
    stripMessages: ['reasoning_content', 'reasoning', 'reasoning_details', 'refusal'],
  },
  logo: 'mistral',
};
