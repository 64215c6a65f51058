import type { Adapter } from '../contract';
import { bearer } from './bearer';

/** Gemini models on Google Cloud, with an access token that is refreshed outside and stored as the credential. */
export const vertex: Adapter = {
  id: 'vertex',
  label: 'Google Vertex AI',
  docsUrl: 'https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference',
  keysUrl: 'https://console.cloud.google.com/vertex-ai',
  dialect: 'gemini',
  // vectors have another endpoint there
  surfaces: ['chat'],
  // https://{region}-aiplatform.googleapis.com/v1/projects/{project}/locations/{region}/publishers/google
  baseUrls: { default: '' },
  credential: { label: 'Access token', placeholder: 'ya29...' },
  authorize: bearer,
  quirks: { modelsPath: '/models' },
  logo: 'vertex',
};
