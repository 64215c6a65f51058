import type { Adapter } from '../contract';
import { bearer } from './bearer';

/** Cohere through its OpenAI-compatible endpoint. */
export const cohere: Adapter = {
  id: 'cohere',
  label: 'Cohere',
  docsUrl: 'https://docs.cohere.com/docs/compatibility-api',
  keysUrl: 'https://dashboard.cohere.com/api-keys',
  dialect: 'openai-chat',
  baseUrls: { default: 'https://api.cohere.ai/compatibility/v1' },
  credential: { label: 'API key', placeholder: 'API key' },
  authorize: bearer,
  quirks: { rename: { max_completion_tokens: 'max_tokens' } },
  logo: 'cohere',
};
