import { env } from '@/lib/env';
import { type Command, UsageError, optional } from '../command';
import { CLIENTS } from '../setup-clients';

export const setup: Command = {
  words: ['setup'],
  summary: "print a client's settings",
  usage: `${Object.keys(CLIENTS).join('|')} [--url URL] [--key KEY] [--model NAME]`,
  options: { url: { type: 'string' }, key: { type: 'string' }, model: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  needsDatabase: false,
  help: '--url is where people reach the product (APP_URL unless given), --model the alias to start with (fast-chat).',
  async run({ options, positionals: [name = ''] }) {
    const client = CLIENTS[name];
    if (!client) throw new UsageError(`there are no settings for "${name}"; there are for ${Object.keys(CLIENTS).join(', ')}`);
    const target = {
      baseUrl: `${(optional(options, 'url') ?? env().appUrl).replace(/\/+$/, '').replace(/\/v1$/, '')}/v1`,
      key: optional(options, 'key') ?? 'YOUR_FAIRLEAD_KEY',
      model: optional(options, 'model') ?? 'fast-chat',
    };
    const settings = client.settings(target);
    return {
      json: { client: name, label: client.label, base_url: target.baseUrl, model: target.model, settings, note: client.note ?? null },
      text: [settings, ...(client.note ? ['', client.note] : [])].join('\n'),
    };
  },
};
