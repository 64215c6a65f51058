import type { Adapter } from '../contract';

/** Gemini by its own API, which unlike the OpenAI-compatible one tells thoughts, signatures and all counts. */
export const gemini: Adapter = {
  id: 'gemini',
  label: 'Google Gemini',
  docsUrl: 'https://ai.google.dev/api/generate-content',
  keysUrl: 'https://aistudio.google.com/apikey',
  dialect: 'gemini',
  baseUrls: { default: 'https://generativelanguage.googleapis.com' },
  credential: { label: 'API key', placeholder: 'AIza...' },
  authorize: (secret) => ({ 'x-goog-api-key': secret }),
  logo: 'gemini',
};
