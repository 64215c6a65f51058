import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const together: Adapter = {
  id: 'together',
  label: 'Together AI',
  docsUrl: 'https://docs.together.ai',
  keysUrl: 'https://api.together.ai/settings/api-keys',
  dialect: 'openai-chat',
  surfaces: ['chat', 'completions', 'embeddings', 'images', 'speech', 'transcriptions', 'rerank'],
  baseUrls: { default: 'https://api.together.ai/v1', xyz: 'https://api.together.xyz/v1' },
  credential: { label: 'API key', placeholder: 'API key' },
  authorize: bearer,
  // A 403 here means that the prompt is longer than the model takes.
  quirks: { rename: { max_completion_tokens: 'max_tokens' }, noDeveloperRole: true, faults: { '403': 'context_length' } },
  logo: 'together',
};
