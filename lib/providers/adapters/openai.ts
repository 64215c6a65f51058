import type { Adapter } from '../contract';
import { bearer } from './bearer';

/** Offered under v1/responses only (OpenAI's model pages, 2026). */
export const RESPONSES_ONLY =
  /^(?:o\d-pro|o\d(?:-mini)?-deep-research|gpt-[\d.]+-pro|gpt-[\d.]+-codex(?:-\w+)?|codex-\w+(?:-\w+)*|computer-use-preview)(?:-\d{4}-\d{2}-\d{2})?$/;

export const openai: Adapter = {
  id: 'openai',
  label: 'OpenAI',
  docsUrl: 'https://platform.openai.com/docs/api-reference/chat',
  keysUrl: 'https://platform.openai.com/api-keys',
  dialect: 'openai-chat',
  surfaces: ['chat', 'completions', 'responses', 'embeddings', 'images', 'speech', 'transcriptions', 'moderations'],
  baseUrls: { default: 'https://api.openai.com/v1' },
  credential: { label: 'API key', placeholder: 'sk-...' },
  authorize: bearer,
  quirks: {
    // Reasoning models refuse max_tokens; every chat model takes the newer name.
    rename: { max_tokens: 'max_completion_tokens' },
    responsesOnly: RESPONSES_ONLY,
  },
  safety: 'safety_identifier',
  logo: 'openai',
};
