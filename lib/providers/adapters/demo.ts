import type { Adapter } from '../contract';

/** The demo provider answers in process (lib/providers/demo); it speaks the same wire format as the others. */
export const demo: Adapter = {
  id: 'demo',
  label: 'Demo',
  docsUrl: '/docs/demo-provider',
  dialect: 'openai-chat',
  baseUrls: { default: '' },
  credential: { label: 'None', placeholder: 'No key is needed', optional: true },
  authorize: () => ({}),
};
