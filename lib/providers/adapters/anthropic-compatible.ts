import type { Adapter } from '../contract';

/** Any server that speaks Anthropic's Messages, such as the Anthropic endpoints of DeepSeek, Kimi and MiniMax. */
export const anthropicCompatible: Adapter = {
  id: 'anthropic-compatible',
  label: 'Anthropic-compatible',
  docsUrl: 'https://platform.claude.com/docs/en/api/messages',
  dialect: 'anthropic-messages',
  baseUrls: {
    default: '',
    deepseek: 'https://api.deepseek.com/anthropic',
    'kimi-intl': 'https://api.moonshot.ai/anthropic',
    'kimi-cn': 'https://api.moonshot.cn/anthropic',
    'minimax-intl': 'https://api.minimax.io/anthropic',
    'minimax-cn': 'https://api.minimax.cn/anthropic',
  },
  credential: { label: 'API key', placeholder: 'API key', optional: true },
  // Some read one header, some the other.
  authorize: (secret): Record<string, string> => (secret === '' ? {} : { 'x-api-key': secret, authorization: `Bearer ${secret}` }),
};
