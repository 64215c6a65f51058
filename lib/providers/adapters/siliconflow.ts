import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const siliconflow: Adapter = {
  id: 'siliconflow',
  label: 'SiliconFlow',
  docsUrl: 'https://docs.siliconflow.com',
  keysUrl: 'https://cloud.siliconflow.com/account/ak',
  dialect: 'openai-chat',
  surfaces: ['chat', 'embeddings', 'images', 'speech', 'transcriptions', 'rerank'],
  baseUrls: { default: 'https://api.siliconflow.com/v1', intl: 'https://api.siliconflow.com/v1', cn: 'https://api.siliconflow.cn/v1' },
  credential: { label: 'API key', placeholder: 'sk-...' },
  authorize: bearer,
  quirks: { rename: { max_completion_tokens: 'max_tokens' }, noDeveloperRole: true, effort: { as: 'enable_thinking' }, faults: { '20012': 'not_found', '50508': 'overloaded' } },
  logo: 'siliconflow',
};
