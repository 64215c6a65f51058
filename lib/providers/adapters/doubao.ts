import type { Adapter } from '../contract';
import { bearer } from './bearer';

/** `upstreamModel` is a model id or the id of an inference endpoint (`ep-…`); the answer names the concrete model. */
export const doubao: Adapter = {
  id: 'doubao',
  label: 'Doubao (Volcengine Ark)',
  docsUrl: 'https://www.volcengine.com/docs/82379',
  keysUrl: 'https://console.volcengine.com/ark/region:ark+cn-beijing/apiKey',
  dialect: 'openai-chat',
  surfaces: ['chat', 'embeddings', 'images'],
  baseUrls: {
    default: 'https://ark.cn-beijing.volces.com/api/v3',
    cn: 'https://ark.cn-beijing.volces.com/api/v3',
    intl: 'https://ark.ap-southeast.bytepluses.com/api/v3',
    'cn-coding': 'https://ark.cn-beijing.volces.com/api/coding/v3',
    'cn-agent': 'https://ark.cn-beijing.volces.com/api/plan/v3',
  },
  credential: { label: 'API key', placeholder: 'ARK_API_KEY' },
  authorize: bearer,
  quirks: {
    // Here max_tokens bounds the answer without its reasoning; the newer name bounds all that is generated and paid.
    rename: { max_tokens: 'max_completion_tokens' },
    noDeveloperRole: true,
    // Models before 1.6-251015 have a switch, later ones take an effort (Ark API reference, 2026).
    effort: { as: 'thinking', models: /^(?:doubao-)?(?:seed-)?1-(?:5|6(?!-251015))/ },
    faults: {
      AccountOverdueError: 'quota_exhausted',
      OperationDenied: 'quota_exhausted',
      QuotaExceeded: 'quota_exhausted',
      SetLimitExceeded: 'quota_exhausted',
      ServerOverloaded: 'overloaded',
      RequestBurstTooFast: 'overloaded',
      InvalidEndpoint: 'not_found',
      InvalidEndpointOrModel: 'not_found',
      ModelNotOpen: 'not_found',
      InputTextRiskDetection: 'content_filter',
      OutputTextRiskDetection: 'content_filter',
      SensitiveContentDetected: 'content_filter',
    },
  },
  logo: 'doubao',
};
