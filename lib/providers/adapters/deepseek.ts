import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const deepseek: Adapter = {
  id: 'deepseek',
  label: 'DeepSeek',
  docsUrl: 'https://api-docs.deepseek.com',
  keysUrl: 'https://platform.deepseek.com/api_keys',
  dialect: 'openai-chat',
  surfaces: ['chat'],
  baseUrls: { default: 'https://api.deepseek.com', beta: 'https://api.deepseek.com/beta' },
  credential: { label: 'API key', placeholder: 'sk-...' },
  authorize: bearer,
  quirks: {
    rename: { max_completion_tokens: 'max_tokens' },
    noDeveloperRole: true,
    // JSON mode has no schema there: the answer would be any JSON.
    refuse: [{ param: 'response_format.type', values: ['json_schema'], why: 'DeepSeek knows json_object only' }],
  },
  logo: 'deepseek',
};
