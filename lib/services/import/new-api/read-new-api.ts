import { FairleadError } from '@/lib/kernel/errors';
import type { Deployment, ImportDraft, ImportedPlan } from '../draft';
import { type Section, Source } from '../source';
import { multiplyDecimals } from '../decimal';
import { NEW_API_TYPES, ONE_API_TYPES } from './channel-types';
import { readAccounts } from './read-accounts';
import { readChannel } from './read-channel';
import { readRatios } from './read-ratios';

const TYPES = { 'new-api': NEW_API_TYPES, 'one-api': ONE_API_TYPES } as const;

/**
 * Reads an export of new-api or one-api: rows of `channels`, and beside them, when they were exported too, `options` (the
 * price ratios), `users` and `tokens`. A bare list is channels; an answer of `GET /api/channel/` works too, without keys.
 * Throws `invalid_request` for what is no such file; its message quotes nothing of it.
 */
export function readNewApi(text: string, product: keyof typeof TYPES): ImportDraft {
  const source = new Source(toTables(parseJson(text)));
  const top = source.top();
  const channels = top.sections('channels');
  if (channels.length === 0) throw new FairleadError('invalid_request', 'This is no export of channels: there is no list of them.', { param: 'channels' });
  const options = top.section('options');
  const ratios = readRatios(options);
  const read = channels.flatMap((channel) => readChannel(channel, TYPES[product], ratios) ?? []);
  const deployments = read.flatMap((channel) => channel.deployments);
  top.leave('abilities', 'follows from the channels');
  top.leave('redemptions', 'codes are made here: /admin/billing');
  const commands = readAccounts(top.sections('users'), top.sections('tokens'), options.number('QuotaPerUnit'));
  return {
    deployments,
    fallbacks: new Map(),
    aliases: new Map(),
    strategy: 'share',
    breaker: {},
    budgets: [],
    plans: readPlans(read, ratios.groups, options),
    commands,
    notTaken: source.notTaken((path) =>
      path.startsWith('options') ? 'an option of the other product; pages and settings are set on /admin/settings' : 'Fairlead has no such setting',
    ),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FairleadError('invalid_request', 'The file is not JSON.');
  }
}

/** `{channels, …}`, a bare list, or what their API answers: `{data: […]}` and `{data: {items: […]}}`. Options may be rows of key and value. */
function toTables(value: unknown): unknown {
  if (Array.isArray(value)) return { channels: value };
  const { data, ...rest } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (rest.channels === undefined && data !== undefined)
    return toTables(Array.isArray(data) ? data : { channels: (data as { items?: unknown } | null)?.items });
  if (!Array.isArray(rest.options)) return value;
  return {
    ...rest,
    options: Object.fromEntries(
      rest.options.flatMap((row: { key?: unknown; value?: unknown }) => (typeof row?.key === 'string' ? [[row.key, row.value]] : [])),
    ),
  };
}

/** A group of users that may call certain channels at a ratio of the price is a plan here, with a markup. */
function readPlans(
  channels: readonly { deployments: Deployment[]; groups: string[] }[],
  ratios: ReadonlyMap<string, string>,
  options: Section,
): ImportedPlan[] {
  const names = new Set(channels.flatMap(({ groups }) => groups));
  if (names.size < 2 && ratios.size === 0) return [];
  const lowered = [...ratios].filter(([name, ratio]) => names.has(name) && Number(ratio) < 1);
  if (lowered.length > 0)
    options.leave('GroupRatio', `taken, except that a price is never marked down: ${lowered.map(([name]) => name).join(', ')} pay the list price`);
  return [...names].map((id) => {
    const ratio = ratios.get(id);
    const markup = ratio === undefined || Number(ratio) <= 1 ? null : multiplyDecimals(String(Math.round((Number(ratio) - 1) * 1_000_000)), '0.0001');
    return {
      id,
      allow: [...new Set(channels.filter(({ groups }) => groups.includes(id)).flatMap(({ deployments }) => deployments.map(({ name }) => name)))],
      ...(markup === null ? {} : { markupPercent: markup }),
    };
  });
}
