import type { Adapter } from '../contract';
import { bearer } from './bearer';

/** Amazon Bedrock through its OpenAI-compatible endpoint, with a Bedrock API key as the bearer; requests are not signed. */
export const bedrock: Adapter = {
  id: 'bedrock',
  label: 'Amazon Bedrock',
  docsUrl: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html',
  keysUrl: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  dialect: 'openai-chat',
  surfaces: ['chat'],
  // Keys and models belong to a region; any other is given as a URL of the same form.
  baseUrls: {
    default: '',
    'us-east-1': 'https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1',
    'us-west-2': 'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1',
    'eu-central-1': 'https://bedrock-runtime.eu-central-1.amazonaws.com/openai/v1',
    'ap-northeast-1': 'https://bedrock-runtime.ap-northeast-1.amazonaws.com/openai/v1',
  },
  credential: { label: 'Bedrock API key', placeholder: 'ABSK...' },
  authorize: bearer,
  quirks: { rename: { max_tokens: 'max_completion_tokens' } },
  logo: 'bedrock',
};
