import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const openrouter: Adapter = {
  id: 'openrouter',
  label: 'OpenRouter',
  docsUrl: 'https://openrouter.ai/docs',
  keysUrl: 'https://openrouter.ai/settings/keys',
  dialect: 'openai-chat',
  surfaces: ['chat', 'completions', 'embeddings'],
  baseUrls: { default: 'https://openrouter.ai/api/v1' },
  credential: { label: 'API key', placeholder: 'sk-or-...' },
  authorize: bearer,
  // 403: moderation refused the prompt. 502 and 503: no provider behind it could answer.
  quirks: { faults: { '403': 'content_filter', '502': 'server' } },
  safety: 'user',
  logo: 'openrouter',
};
