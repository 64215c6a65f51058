import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const groq: Adapter = {
  id: 'groq',
  label: 'Groq',
  docsUrl: 'https://console.groq.com/docs',
  keysUrl: 'https://console.groq.com/keys',
  dialect: 'openai-chat',
  surfaces: ['chat', 'transcriptions', 'speech'],
  baseUrls: { default: 'https://api.groq.com/openai/v1' },
  credential: { label: 'API key', placeholder: 'gsk_...' },
  authorize: bearer,
  quirks: { rename: { max_tokens: 'max_completion_tokens' }, stripMessages: ['reasoning_content', 'reasoning_details'] },
  safety: 'user',
  logo: 'groq',
};
