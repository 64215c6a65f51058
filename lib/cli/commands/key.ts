import { createKey } from '@/lib/services/keys/create-key';
import { revokeKey } from '@/lib/services/keys/revoke-key';
import { rotateKey } from '@/lib/services/keys/rotate-key';
import { toSnakeCase } from '@/lib/services/management/snake-case';
import { createOperatorKey } from '@/lib/services/operator/create-operator-key';
import { findKeyOwner } from '@/lib/services/operator/find-key-owner';
import { findOrg } from '@/lib/services/operator/find-org';
import { revokeOperatorKey } from '@/lib/services/operator/revoke-operator-key';
import { CLI_OPERATOR, ownerOf } from '../actor';
import { type Command, count, optional, required, UsageError } from '../command';
import { parseDuration } from '../duration';
import { parseLimit } from '../limit';

const SHOWN_ONCE = 'The key is not shown again.';

export const keyCreate: Command = {
  words: ['key', 'create'],
  summary: 'make an API key or a management key',
  usage:
    '--org SLUG --name NAME [--models a,b] [--budget 5.00/month] [--rpm N] [--tpm N] [--concurrency N] [--expires ISO] [--management [--scopes keys:write,usage:read]]',
  options: {
    org: { type: 'string' },
    name: { type: 'string' },
    models: { type: 'string' },
    budget: { type: 'string' },
    rpm: { type: 'string' },
    tpm: { type: 'string' },
    concurrency: { type: 'string' },
    expires: { type: 'string' },
    management: { type: 'boolean' },
    operator: { type: 'boolean' },
    scopes: { type: 'string' },
  },
  needsDatabase: true,
  help: "--budget is dollars per day, week, month or total.\n--operator --management makes an operator's management key, which belongs to no organization.\n--scopes limits a management key; without it the key may do everything on its side.",
  async run({ options }) {
    const name = required(options, 'name');
    const expiresAt = optional(options, 'expires');
    const scopes = listOf(optional(options, 'scopes'));
    if (scopes && options.management !== true) throw new UsageError('--scopes goes with --management');
    if (options.operator === true) {
      if (options.management !== true) throw new UsageError('--operator goes with --management: inference keys belong to an organization');
      if (options.org !== undefined) throw new UsageError("--operator and --org exclude each other: an operator's key belongs to no organization");
      const created = await createOperatorKey({
        ctx: CLI_OPERATOR,
        input: { name, scopes: scopes as OperatorScopes, expiresAt: expiresAt && toInstant(expiresAt) },
      });
      return { json: created, text: `${created.key}\n${SHOWN_ONCE}` };
    }
    const limit = optional(options, 'budget');
    const budget = limit === undefined ? undefined : parseLimit(limit, '--budget');
    const org = await findOrg(required(options, 'org'));
    const models = listOf(optional(options, 'models'));
    const created = await createKey({
      ctx: ownerOf(org.id),
      input: {
        name,
        kind: options.management === true ? 'management' : 'inference',
        models,
        scopes: scopes as OrgScopes,
        ...(budget && { budgetUsd: budget.usd, budgetPeriod: budget.period }),
        rpm: count(options, 'rpm'),
        tpm: count(options, 'tpm'),
        concurrency: count(options, 'concurrency'),
        expiresAt: expiresAt && toInstant(expiresAt),
      },
    });
    const { id, key, prefix, last4, ...rest } = created;
    return { json: { id, key, prefix, last4, org: org.slug, ...(toSnakeCase(rest) as object) }, text: `${key}\n${SHOWN_ONCE}` };
  },
};

export const keyRevoke: Command = {
  words: ['key', 'revoke'],
  summary: 'end a key for good, within a second',
  usage: 'KEY_ID',
  options: {},
  positionals: { min: 1, max: 1 },
  needsDatabase: true,
  async run({ positionals: [id = ''] }) {
    const orgId = await findKeyOwner(id);
    const revoked = orgId === null ? await revokeOperatorKey({ ctx: CLI_OPERATOR, input: { id } }) : await revokeKey({ ctx: ownerOf(orgId), input: { id } });
    return { json: toSnakeCase(revoked), text: `Revoked ${revoked.name} (…${revoked.last4})` };
  },
};

export const keyRotate: Command = {
  words: ['key', 'rotate'],
  summary: 'make a new key with the limits of an old one',
  usage: 'KEY_ID [--grace 24h]',
  options: { grace: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  needsDatabase: true,
  help: '--grace: how long the old key goes on working (0 unless given; 30m, 24h, 7d at most).',
  async run({ options, positionals: [oldId = ''] }) {
    const orgId = await findKeyOwner(oldId);
    if (orgId === null) throw new UsageError("An operator's key has no limits to carry over; create a new one and revoke this one.");
    const { id, key, prefix, last4, ...rest } = await rotateKey({
      ctx: ownerOf(orgId),
      input: { id: oldId, graceSeconds: parseDuration(optional(options, 'grace') ?? '0', '--grace') },
    });
    return { json: { id, key, prefix, last4, ...(toSnakeCase(rest) as object) }, text: `${key}\n${SHOWN_ONCE}` };
  },
};

/** `a,b` as a list; undefined when there is none. */
function listOf(text: string | undefined): string[] | undefined {
  return text
    ?.split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

/** What the verbs check word by word. */
type OrgScopes = Parameters<typeof createKey>[0]['input']['scopes'];
type OperatorScopes = Parameters<typeof createOperatorKey>[0]['input']['scopes'];

/** A day alone (2027-01-31) means its beginning in UTC. */
function toInstant(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new UsageError(`--expires "${text}" is not a time such as 2027-01-31T00:00:00Z`);
  return date.toISOString();
}
