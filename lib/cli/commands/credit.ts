import { grantCreditToOrg } from '@/lib/services/operator/grant-credit';
import { CLI_OPERATOR } from '../actor';
import { type Command, required } from '../command';

export const creditGrant: Command = {
  words: ['credit', 'grant'],
  summary: 'give an organization paid credit',
  usage: '--org SLUG --usd 10.00 --reason TEXT',
  options: { org: { type: 'string' }, usd: { type: 'string' }, reason: { type: 'string' } },
  needsDatabase: true,
  help: 'The credit is usable for every model. The reason is shown in the ledger and in the audit.',
  async run({ options }) {
    const input = { org: required(options, 'org'), usd: required(options, 'usd'), reason: required(options, 'reason') };
    const json = await grantCreditToOrg({ ctx: CLI_OPERATOR, input });
    return { json, text: `Granted $${json.granted_usd} to ${json.org}; $${json.available_usd} available` };
  },
};
