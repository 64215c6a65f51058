import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const xai: Adapter = {
  id: 'xai',
  label: 'xAI',
  docsUrl: 'https://docs.x.ai',
  keysUrl: 'https://console.x.ai',
  dialect: 'openai-chat',
  surfaces: ['chat', 'responses', 'images'],
  baseUrls: { default: 'https://api.x.ai/v1' },
  credential: { label: 'API key', placeholder: 'xai-...' },
  authorize: bearer,
  quirks: { rename: { max_tokens: 'max_completion_tokens' }, reasoningOutside: true },
  safety: 'user',
  logo: 'xai',
};
