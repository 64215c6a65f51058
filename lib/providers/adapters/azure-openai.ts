import type { Adapter } from '../contract';
import { RESPONSES_ONLY } from './openai';

/** Azure's v1 endpoint: the deployment's name goes where the model's name goes, and no api-version is needed. */
export const azureOpenAi: Adapter = {
  id: 'azure-openai',
  label: 'Azure OpenAI',
  docsUrl: 'https://learn.microsoft.com/azure/ai-foundry/openai/reference',
  keysUrl: 'https://portal.azure.com',
  dialect: 'openai-chat',
  surfaces: ['chat', 'completions', 'responses', 'embeddings', 'images', 'speech', 'transcriptions'],
  // Each resource has its own: https://{resource}.openai.azure.com/openai/v1
  baseUrls: { default: '' },
  credential: { label: 'API key', placeholder: 'Key 1 or Key 2 of the resource' },
  authorize: (secret) => ({ 'api-key': secret }),
  quirks: {
    rename: { max_tokens: 'max_completion_tokens' },
    responsesOnly: RESPONSES_ONLY,
  },
  safety: 'user',
  logo: 'azure-openai',
};
