import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const minimax: Adapter = {
  id: 'minimax',
  label: 'MiniMax',
  docsUrl: 'https://platform.minimax.io/docs',
  keysUrl: 'https://platform.minimax.io/user-center/basic-information/interface-key',
  dialect: 'openai-chat',
  surfaces: ['chat'],
  baseUrls: { default: 'https://api.minimax.io/v1', intl: 'https://api.minimax.io/v1', cn: 'https://api.minimax.cn/v1', 'cn-older': 'https://api.minimaxi.com/v1' },
  credential: { label: 'API key', placeholder: 'API key' },
  authorize: bearer,
  quirks: {
    rename: { max_completion_tokens: 'max_tokens' },
    noDeveloperRole: true,
    thinkTags: true,
    refuse: [{ param: 'response_format.type', values: ['json_schema', 'json_object'], why: 'MiniMax has no JSON mode on this endpoint' }],
    // Errors come with 200 and a code in base_resp.
    faults: {
      '1000': 'server',
      '1001': 'first_token_timeout',
      '1002': 'rate_limit',
      '1004': 'auth',
      '1008': 'quota_exhausted',
      '1024': 'server',
      '1026': 'content_filter',
      '1027': 'content_filter',
      '1033': 'server',
      '1039': 'rate_limit',
      '1041': 'rate_limit',
      '2013': 'bad_request',
      '2049': 'auth',
      '2056': 'quota_exhausted',
    },
  },
  logo: 'minimax',
};
