import type { Deployment, ImportedCredential } from '../draft';
import type { Section } from '../source';
import { type ChannelType, channelAddress, OTHER_CHANNELS } from './channel-types';
import type { Ratios } from './read-ratios';

const ENABLED = 1;
/** Longest way that one name may take through `model_mapping`. */
const MAX_HOPS = 10;

export interface ReadChannel {
  deployments: Deployment[];
  /** Whose users may call this channel's models. */
  groups: string[];
}

/** One channel: a provider with its keys, and a deployment per model it serves. Null: left, with the reason listed. */
export function readChannel(channel: Section, types: Readonly<Record<number, ChannelType>>, ratios: Ratios): ReadChannel | null {
  const number = channel.number('type') ?? 0;
  const type = types[number];
  if (!type) {
    channel.leaveAll(`a channel of type ${number}${OTHER_CHANNELS[number] ? ` (${OTHER_CHANNELS[number]})` : ''} has no provider here`);
    return null;
  }
  const baseUrl = channelAddress(type, channel.text('base_url'));
  if (baseUrl === undefined) {
    channel.leaveAll('it has no base_url, and its type has no address of its own');
    return null;
  }
  const names = channel.names('models');
  if (names.length === 0) {
    channel.leaveAll('it serves no models');
    return null;
  }
  // An OpenAI channel with an address of its own is any server that speaks OpenAI's API.
  const adapter = type.adapter === 'openai' && baseUrl !== null && !/^https:\/\/api\.openai\.com(\/|$)/.test(baseUrl) ? 'openai-compatible' : type.adapter;
  const credentials = readKeys(channel);
  const mapping = readMapping(channel);
  const enabled = (channel.number('status') ?? ENABLED) === ENABLED;
  const priority = channel.number('priority') ?? 0;
  const weight = channel.number('weight') ?? null;
  const providerName = channel.text('name') ?? null;
  for (const [key, why] of Object.entries(LEFT)) if (!isEmpty(channel, key)) channel.leave(key, why);
  for (const key of RECORDS) channel.take(key);

  const deployments = [...new Set(names)].map(
    (name): Deployment => ({
      name,
      adapter,
      baseUrl: adapter === 'openai' ? null : baseUrl,
      providerName,
      upstreamModel: upstreamName(name, mapping),
      credentials,
      // Higher ones go first there.
      order: priority === 0 ? 0 : -priority,
      weight,
      enabled,
      timeouts: {},
      ...kindOf(name),
      ...ratios.pricesOf(name),
    }),
  );
  const groups = channel.names('group');
  return { deployments, groups: groups.length > 0 ? groups : ['default'] };
}

/** Several keys stand one per line; `channel_info` says which of them are off. */
function readKeys(channel: Section): ImportedCredential[] {
  const keys = (channel.text('key') ?? '')
    .split('\n')
    .map((key) => key.trim())
    .filter(Boolean);
  const info = channel.section('channel_info');
  const states = info.section('multi_key_status_list');
  for (const name of ['is_multi_key', 'multi_key_size', 'multi_key_polling_index', 'multi_key_disabled_reason', 'multi_key_disabled_time']) info.take(name);
  if (info.text('multi_key_mode') === 'polling') info.leave('multi_key_mode', 'keys of one provider share calls by weight');
  if (keys.length === 0) return [{ secret: { kind: 'none' }, weight: null, enabled: true }];
  return keys.map((value, index) => ({ secret: { kind: 'clear', value }, weight: null, enabled: (states.number(String(index)) ?? ENABLED) === ENABLED }));
}

function readMapping(channel: Section): ReadonlyMap<string, string> {
  const text = channel.text('model_mapping');
  if (text === undefined) return new Map();
  try {
    return new Map(Object.entries(JSON.parse(text) as Record<string, unknown>).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
  } catch {
    channel.leave('model_mapping', 'it is not JSON; the names go upstream as they are');
    return new Map();
  }
}

/** A mapped name may be mapped again. */
function upstreamName(name: string, mapping: ReadonlyMap<string, string>): string {
  let upstream = name;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const next = mapping.get(upstream);
    if (next === undefined || next === upstream) break;
    upstream = next;
  }
  return upstream;
}

/** Neither product says what kind a model is; their names do. */
function kindOf(name: string): Pick<Deployment, 'kind'> {
  if (/embed|^bge-(?!reranker)|^m3e/i.test(name)) return { kind: 'embedding' };
  if (/rerank/i.test(name)) return { kind: 'rerank' };
  if (/^(dall-e|gpt-image|cogview|flux|wanx)/i.test(name)) return { kind: 'image' };
  if (/^(whisper|tts-)|-(tts|transcribe)/i.test(name)) return { kind: 'audio' };
  return /moderation/i.test(name) ? { kind: 'moderation' } : {};
}

/** What the other product counted or remembered by itself. */
const RECORDS = [
  'id',
  'created_time',
  'test_time',
  'test_model',
  'response_time',
  'balance',
  'balance_updated_time',
  'used_quota',
  'other_info',
  'need_reconcile',
] as const;

const LEFT: Readonly<Record<string, string>> = {
  other: 'an API version or region of the channel: the address says it here',
  settings: 'settings of the channel that this provider does not have here',
  setting: 'settings of the channel, such as a proxy, that a provider does not have here',
  param_override: 'parameters are not overwritten per provider; a preset does it for its callers',
  header_override: 'headers to a provider follow from its adapter',
  status_code_mapping: "a provider's failures are classified per adapter",
  auto_ban: 'the breaker cools a failing target down and asks again by itself',
  openai_organization: 'a key belongs to one organization of the provider already',
  tag: 'channels are not grouped by tag; a provider has a label',
  remark: 'providers have no notes',
};

function isEmpty(channel: Section, key: string): boolean {
  if (!channel.has(key)) return true;
  const value = channel.take(key);
  return value === '' || value === '{}' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
