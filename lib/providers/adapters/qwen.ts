import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const qwen: Adapter = {
  id: 'qwen',
  label: 'Qwen (Alibaba Cloud Model Studio)',
  docsUrl: 'https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope',
  keysUrl: 'https://modelstudio.console.alibabacloud.com/?tab=api#/api-key',
  dialect: 'openai-chat',
  surfaces: ['chat', 'completions', 'embeddings'],
  // A key works in its own region only; elsewhere it is a 401.
  baseUrls: {
    default: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
    intl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
    cn: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
    us: 'https://dashscope-us.aliyuncs.com/compatible-mode/v1',
    hk: 'https://cn-hongkong.dashscope.aliyuncs.com/compatible-mode/v1',
    // A workspace has an address of its own: https://{WorkspaceId}.{region}.maas.aliyuncs.com/compatible-mode/v1, trials share one.
    'trial-intl': 'https://trial.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1',
    'trial-cn': 'https://trial.cn-beijing.maas.aliyuncs.com/compatible-mode/v1',
  },
  credential: { label: 'API key', placeholder: 'sk-...' },
  authorize: bearer,
  quirks: {
    rename: { max_completion_tokens: 'max_tokens' },
    noDeveloperRole: true,
    effort: { as: 'enable_thinking' },
    faults: {
      // Here this is the tokens-per-minute quota, which clears within a minute.
      insufficient_quota: 'rate_limit',
      limit_requests: 'rate_limit',
      Throttling: 'rate_limit',
      Arrearage: 'quota_exhausted',
      AllocationQuota: 'quota_exhausted',
      ModelServingError: 'overloaded',
      InternalError: 'server',
      data_inspection_failed: 'content_filter',
      DataInspectionFailed: 'content_filter',
    },
  },
  logo: 'qwen',
};
