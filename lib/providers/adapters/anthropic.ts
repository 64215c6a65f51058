import type { Adapter } from '../contract';

export const anthropic: Adapter = {
  id: 'anthropic',
  label: 'Anthropic',
  docsUrl: 'https://platform.claude.com/docs/en/api/messages',
  keysUrl: 'https://platform.claude.com/settings/keys',
  dialect: 'anthropic-messages',
  baseUrls: { default: 'https://api.anthropic.com' },
  credential: { label: 'API key', placeholder: 'sk-ant-...' },
  authorize: (secret) => ({ 'x-api-key': secret }),
  quirks: {
    // Thinking came with 3.7 as a budget; from 4.6 on the model decides within an effort.
    thinking: [
      { match: /claude-(?:3-(?:opus|sonnet|haiku|5)|2|instant)/, style: 'none' },
      { match: /claude-(?:3[-.]7|(?:opus|sonnet)-4(?:[-.][015])?(?:-20\d{6})?$|haiku-4)/, style: 'budget' },
      { match: /./, style: 'adaptive' },
    ],
    // Sampling is fixed on the models after 4.6, and sending it is a 400.
    models: [{ match: /claude-(?:(?:opus|sonnet|haiku)-(?:4[-.][7-9]|[5-9])|fable)/, strip: ['temperature', 'top_p', 'top_k'] }],
  },
  safety: 'metadata.user_id',
  logo: 'anthropic',
};
