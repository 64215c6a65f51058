import { grantCreditToOrg } from '@/lib/services/operator/grant-credit';
import { CLI_OPERATOR } from '../actor';
import { type Command, required } from '../command';

export const creditGrant: Command = {
  words: ['credit', 'grant'],
  summary: 'give an organization paid credit',
  usage: '--org SLUG --usd 10.00 --reason TEXT [--expires 2027-01-31]',
  options: { org: { type: 'string' }, usd: { type: 'string' }, reason: { type: 'string' }, expires: { type: 'string' } },
  needsDatabase: true,
  help: 'The credit is usable for every model. With --expires, a day (UTC) or a time, what is left of it then ends. The reason is shown in the ledger and in the audit.',
  async run({ options }) {
    const input = { org: required(options, 'org'), usd: required(options, 'usd'), reason: required(options, 'reason'), ...(typeof options.expires === 'string' && { expires: options.expires }) };
    const json = await grantCreditToOrg({ ctx: CLI_OPERATOR, input });
    return { json, text: `Granted $${json.granted_usd} to ${json.org}; $${json.available_usd} available` };
  },
};
