import type { Adapter } from '../contract';
import { bearer } from './bearer';

export const vllm: Adapter = {
  id: 'vllm',
  label: 'vLLM',
  docsUrl: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
  dialect: 'openai-chat',
  surfaces: ['chat', 'completions', 'embeddings', 'transcriptions', 'rerank'],
  baseUrls: { default: 'http://127.0.0.1:8000/v1' },
  credential: { label: 'API key', placeholder: 'Only when started with --api-key', optional: true },
  authorize: bearer,
  logo: 'vllm',
};
