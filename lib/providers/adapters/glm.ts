import type { Adapter, FaultKind } from '../contract';
import { bearer } from './bearer';

/** Zhipu answers almost everything with 429 or 400; only its own code tells what happened. */
const CODES: Partial<Record<FaultKind, readonly number[]>> = {
  auth: [1000, 1001, 1002, 1003, 1004, 1005, 1110, 1111, 1112, 1120, 1121],
  quota_exhausted: [1113, 1304, 1308, 1309, 1310],
  rate_limit: [1302, 1303, 1313],
  overloaded: [1305, 1312],
  server: [1200, 1234],
  bad_request: [1210, 1213, 1214, 1215],
  context_length: [1261],
  content_filter: [1301],
  not_found: [1211],
};

export const glm: Adapter = {
  id: 'glm',
  label: 'GLM (Zhipu, Z.ai)',
  docsUrl: 'https://docs.z.ai',
  keysUrl: 'https://z.ai/manage-apikey/apikey-list',
  dialect: 'openai-chat',
  surfaces: ['chat', 'embeddings', 'images'],
  baseUrls: {
    default: 'https://api.z.ai/api/paas/v4',
    intl: 'https://api.z.ai/api/paas/v4',
    cn: 'https://open.bigmodel.cn/api/paas/v4',
    'intl-coding': 'https://api.z.ai/api/coding/paas/v4',
    'cn-coding': 'https://open.bigmodel.cn/api/coding/paas/v4',
  },
  credential: { label: 'API key', placeholder: 'id.secret' },
  authorize: bearer,
  quirks: {
    // Usage is on the finish chunk without asking.
    streamUsage: 'always',
    rename: { max_completion_tokens: 'max_tokens' },
    noDeveloperRole: true,
    // From 5.3 on an effort is understood, and thinking cannot be turned off.
    effort: { as: 'thinking', models: /^glm-(?:4|5(?:\.[0-2])?(?:-|$))/ },
    faults: Object.fromEntries(Object.entries(CODES).flatMap(([kind, codes]) => codes.map((code) => [String(code), kind as FaultKind]))),
  },
  safety: 'user_id',
  logo: 'glm',
};
