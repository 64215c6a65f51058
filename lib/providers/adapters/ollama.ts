import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const ollama: Adapter = {
  id: 'ollama',
  label: 'Ollama',
  docsUrl: 'https://docs.ollama.com/openai',
  dialect: 'openai-chat',
  surfaces: ['chat', 'completions', 'embeddings'],
  baseUrls: { default: 'http://127.0.0.1:11434/v1', cloud: 'https://ollama.com/v1' },
  credential: { label: 'API key', placeholder: 'Only for Ollama cloud', optional: true },
  authorize: bearer,
  quirks: { rename: { max_completion_tokens: 'max_tokens' }, noDeveloperRole: true },
  logo: 'ollama',
};
