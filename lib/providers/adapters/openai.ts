import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const openai: Adapter = {
  id: 'openai',
  label: 'OpenAI',
  docsUrl: 'https://platform.openai.com/docs/api-reference/chat',
  keysUrl: 'https://platform.openai.com/api-keys',
  dialect: 'openai-chat',
  surfaces: ['chat', 'completions', 'responses', 'embeddings', 'images', 'speech', 'transcriptions', 'moderations'],
  baseUrls: { default: 'https://api.openai.com/v1' },
  credential: { label: 'API key', placeholder: 'sk-...' },
  authorize: bearer,
  // Reasoning models refuse max_tokens; every chat model takes the newer name.
  quirks: { rename: { max_tokens: 'max_completion_tokens' } },
  safety: 'safety_identifier',
  logo: 'openai',
};
