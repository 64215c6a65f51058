import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const fireworks: Adapter = {
  id: 'fireworks',
  label: 'Fireworks AI',
  docsUrl: 'https://docs.fireworks.ai',
  keysUrl: 'https://app.fireworks.ai/settings/users/api-keys',
  dialect: 'openai-chat',
  surfaces: ['chat', 'completions', 'embeddings'],
  baseUrls: { default: 'https://api.fireworks.ai/inference/v1' },
  credential: { label: 'API key', placeholder: 'fw_...' },
  authorize: bearer,
  // 412: the account is suspended.
  quirks: { rename: { max_completion_tokens: 'max_tokens' }, noDeveloperRole: true, faults: { '412': 'quota_exhausted' } },
  logo: 'fireworks',
};
