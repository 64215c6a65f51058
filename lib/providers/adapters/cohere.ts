import type { Adapter } from '../contract';
import { bearer } from './bearer';

/** Cohere through its OpenAI-compatible endpoint. */
export const cohere: Adapter = {
  id: 'cohere',
  label: 'Cohere',
  docsUrl: 'https://docs.cohere.com/docs/compatibility-api',
  keysUrl: 'https://dashboard.cohere.com/api-keys',
  dialect: 'openai-chat',
  surfaces: ['chat', 'embeddings', 'rerank'],
  baseUrls: { default: 'https://api.cohere.ai/compatibility/v1' },
  credential: { label: 'API key', placeholder: 'API key' },
  authorize: bearer,
  // Ranking is not part of the compatible endpoint: https://api.cohere.ai/v2/rerank.
  quirks: { rename: { max_completion_tokens: 'max_tokens' }, paths: { rerank: '/../../v2/rerank' } },
  logo: 'cohere',
};
