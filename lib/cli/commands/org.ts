import { listOrgs } from '@/lib/services/operator/list-orgs';
import { createOrg } from '@/lib/services/orgs/create-org';
import { CLI_OPERATOR } from '../actor';
import { type Command, optional, required } from '../command';
import { renderTable } from '../table';

export const orgCreate: Command = {
  words: ['org', 'create'],
  summary: 'make an organization and its owner',
  usage: '--name NAME --owner EMAIL [--password PASSWORD] [--plan ID]',
  options: { name: { type: 'string' }, owner: { type: 'string' }, password: { type: 'string' }, plan: { type: 'string' } },
  needsDatabase: true,
  help: 'An owner who has an account becomes the owner of this organization too; leave --password out for that.',
  async run({ options }) {
    const input = { name: required(options, 'name'), ownerEmail: required(options, 'owner'), password: optional(options, 'password'), plan: optional(options, 'plan') };
    const { id, slug, name, plan } = await createOrg({ ctx: CLI_OPERATOR, input });
    return { json: { id, slug, name, plan }, text: `Created ${name} (${slug}, ${id}) on the plan ${plan}` };
  },
};

export const orgList: Command = {
  words: ['org', 'list'],
  summary: 'list organizations',
  usage: '',
  options: {},
  needsDatabase: true,
  async run() {
    const orgs = [];
    let cursor: string | undefined;
    do {
      const page = await listOrgs({ ctx: CLI_OPERATOR, input: { limit: 100, cursor } });
      orgs.push(...page.data);
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    const rows = orgs.map((org) => [org.slug, org.name, org.plan, org.owners.join(' '), `$${org.available_usd}`, org.suspended ? 'suspended' : '']);
    return { json: { data: orgs }, text: orgs.length === 0 ? 'No organizations' : renderTable(['SLUG', 'NAME', 'PLAN', 'OWNERS', 'AVAILABLE', ''], rows) };
  },
};
