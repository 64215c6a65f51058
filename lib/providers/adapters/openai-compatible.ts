import type { Adapter } from '../contract';
import { bearer } from './bearer';

/** Any server that speaks OpenAI's chat completions; nothing is renamed or removed. */
export const openAiCompatible: Adapter = {
  id: 'openai-compatible',
  label: 'OpenAI-compatible',
  docsUrl: 'https://platform.openai.com/docs/api-reference/chat',
  dialect: 'openai-chat',
  surfaces: ['chat', 'completions', 'embeddings', 'images', 'speech', 'transcriptions', 'moderations', 'rerank'],
  baseUrls: { default: '' },
  credential: { label: 'API key', placeholder: 'API key', optional: true },
  authorize: bearer,
};
