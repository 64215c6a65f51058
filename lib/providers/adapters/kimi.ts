import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const kimi: Adapter = {
  id: 'kimi',
  label: 'Kimi (Moonshot AI)',
  docsUrl: 'https://platform.moonshot.ai/docs',
  keysUrl: 'https://platform.moonshot.ai/console/api-keys',
  dialect: 'openai-chat',
  surfaces: ['chat'],
  // Keys of one platform are refused by the other.
  baseUrls: { default: 'https://api.moonshot.ai/v1', intl: 'https://api.moonshot.ai/v1', cn: 'https://api.moonshot.cn/v1' },
  credential: { label: 'API key', placeholder: 'sk-...' },
  authorize: bearer,
  quirks: {
    rename: { max_tokens: 'max_completion_tokens' },
    noDeveloperRole: true,
    // Sampling is fixed on the kimi models, and sending it is an error.
    models: [{ match: /^kimi-/, strip: ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty'] }],
    // k2.5 and k2.6 have a switch, k2.7 always thinks, k3 takes an effort (Kimi API reference, 2026).
    effort: { as: 'thinking', models: /^kimi-k2\.[56]/ },
    refuse: [{ param: 'tool_choice', values: ['required'], models: /^kimi-k2\.[67]/, why: 'this model decides itself whether to call a tool' }],
    faults: {
      exceeded_current_quota_error: 'quota_exhausted',
      rate_limit_reached_error: 'rate_limit',
      engine_overloaded_error: 'overloaded',
      server_unavailable: 'overloaded',
      unexpected_output: 'server',
    },
  },
  logo: 'kimi',
};
