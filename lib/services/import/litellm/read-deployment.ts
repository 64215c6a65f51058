import { findCatalogueModel } from '@/lib/catalog';
import type { PricesEntry } from '@/lib/services/config/schema';
import { multiplyDecimals, shiftDecimal } from '../decimal';
import type { Deployment, ImportedCredential, ImportedSecret } from '../draft';
import type { Section } from '../source';
import { baseUrlOf, nameModel, type NamedModel } from './litellm-providers';

const KINDS: Readonly<Record<string, NonNullable<Deployment['kind']>>> = {
  chat: 'chat',
  completion: 'chat',
  responses: 'chat',
  embedding: 'embedding',
  image_generation: 'image',
  audio_transcription: 'audio',
  audio_speech: 'audio',
  moderation: 'moderation',
  moderations: 'moderation',
  rerank: 'rerank',
};

const CAPABILITIES: Readonly<Record<string, string>> = {
  supports_function_calling: 'tools',
  supports_vision: 'vision',
  supports_response_schema: 'json',
  supports_reasoning: 'reasoning',
};

/** Prices per token in model_info or litellm_params, and what they are called here per million. */
const RATES: Readonly<Record<string, keyof PricesEntry>> = {
  input_cost_per_token: 'input',
  output_cost_per_token: 'output',
  cache_read_input_token_cost: 'cachedInput',
  cache_creation_input_token_cost: 'cacheWrite',
  output_cost_per_reasoning_token: 'reasoning',
  input_cost_per_audio_token: 'audioInput',
  output_cost_per_audio_token: 'audioOutput',
};

const OWN_CREDENTIALS = 'the cloud account signs calls there; here the provider takes an API key, which is pasted on /admin/providers';
const UNUSABLE: Readonly<Record<string, string>> = {
  aws_access_key_id: OWN_CREDENTIALS,
  aws_secret_access_key: OWN_CREDENTIALS,
  aws_session_token: OWN_CREDENTIALS,
  aws_role_name: OWN_CREDENTIALS,
  aws_session_name: OWN_CREDENTIALS,
  aws_profile_name: OWN_CREDENTIALS,
  vertex_credentials: 'a service account is not kept here; the credential is an access token that is refreshed outside',
  api_version: 'the endpoint used here takes no api-version',
  organization: 'a key belongs to one organization of the provider already',
  max_budget: 'there is no spending limit per deployment; budgets of the operator are on a provider or on one of its keys',
  budget_duration: 'goes with max_budget',
  max_parallel_requests: 'what a provider can take is learnt from its 429s; callers are limited by key and plan',
  tags: 'conditions on targets choose by tag here (name=value); set them in the alias',
};

/** What holds for every deployment that does not say it for itself. */
export interface DeploymentDefaults {
  retries?: number;
  /** Seconds. */
  timeout?: number;
  streamTimeout?: number;
}

/** How the deployments of one file are read. */
export interface DeploymentContext {
  defaults: DeploymentDefaults;
  /** Where nothing says a weight, requests or tokens a minute do, as LiteLLM's shuffle has it. */
  weighsByRate: boolean;
  /** A variable of the environment: an address may be one there. */
  variable(name: string): string | undefined;
}

/** One entry of `model_list`, or null with everything left in the list of what is not taken. */
export function readDeployment(entry: Section, { defaults, weighsByRate, variable }: DeploymentContext): Deployment | null {
  const params = entry.section('litellm_params');
  const info = entry.section('model_info');
  const name = entry.text('model_name');
  const model = params.text('model');
  if (name === undefined || model === undefined) return leaveEntry(entry, 'it names no model_name or no litellm_params.model');
  const apiBase = resolve(params.text('api_base') ?? params.text('base_url'), variable);
  const named = nameModel(model, params.text('custom_llm_provider'), apiBase !== undefined);
  if (!named) return leaveEntry(entry, `"${model.split('/')[0]}" is no provider of Fairlead; with an api_base it could be used as an OpenAI-compatible one`);
  const baseUrl = addressOf(named, apiBase, (key) => resolve(params.text(key), variable));
  if (baseUrl === undefined) return leaveEntry(entry, `a deployment of ${named.prefix} needs an address: api_base, or its region and project`);
  if (baseUrl?.includes('os.environ/')) return leaveEntry(entry, 'its address is a variable that is not set here; set it and import again');
  const mode = info.text('mode');
  if (mode !== undefined && !KINDS[mode]) return leaveEntry(entry, `its mode "${mode}" is not served`);

  for (const [key, why] of Object.entries(UNUSABLE)) params.leave(key, why);
  const weight = params.number('weight');
  const [rpm, tpm] = [params.number('rpm'), params.number('tpm')];
  const retries = params.number('max_retries') ?? params.number('num_retries') ?? defaults.retries;
  const order = params.number('order');
  const enabled = !(info.has('blocked') && info.flag('blocked') === true);
  return {
    name,
    adapter: named.provider.adapter,
    baseUrl,
    providerName: null,
    upstreamModel: named.upstreamModel,
    credentials: [readCredential(params, named)],
    order: order ?? 0,
    weight: weight ?? (weighsByRate ? (rpm ?? tpm ?? null) : null),
    enabled,
    ...(retries === undefined ? {} : { retries: Math.max(0, Math.round(retries)) }),
    timeouts: {
      ...ms('totalMs', params.number('timeout') ?? defaults.timeout),
      ...ms('firstTokenMs', params.number('stream_timeout') ?? defaults.streamTimeout),
    },
    ...(mode === undefined ? {} : { kind: KINDS[mode] }),
    ...readFacts(info),
    ...readPrices([params, info], named, info.text('base_model')),
  };
}

function leaveEntry(entry: Section, why: string): null {
  entry.leaveAll(why);
  return null;
}

/** Null: the adapter's own address. Undefined: none, and there has to be one. */
function addressOf({ provider, prefix }: NamedModel, apiBase: string | undefined, placeOf: (key: string) => string | undefined): string | null | undefined {
  const [region, project, location] = [placeOf('aws_region_name'), placeOf('vertex_project'), placeOf('vertex_location')];
  if (apiBase !== undefined) return baseUrlOf(provider.adapter, apiBase);
  if (prefix === 'bedrock') return region ? `https://bedrock-runtime.${region}.amazonaws.com/openai/v1` : undefined;
  if (prefix === 'vertex_ai')
    return project && location ? `https://${location}-aiplatform.googleapis.com/v1/projects/${project}/locations/${location}/publishers/google` : undefined;
  return provider.base === 'required' ? undefined : (provider.base ?? null);
}

/** `os.environ/NAME` as its value where it is set. */
function resolve(text: string | undefined, variable: DeploymentContext['variable']): string | undefined {
  const [, name] = /^os\.environ\/(\w+)$/.exec(text ?? '') ?? [];
  return name === undefined ? text : (variable(name) ?? text);
}

function readCredential(params: Section, { prefix }: NamedModel): ImportedCredential {
  const text = params.text('api_key');
  return { secret: secretOf(text, prefix), weight: null, enabled: true };
}

function secretOf(text: string | undefined, prefix: string): ImportedSecret {
  if (text === undefined) {
    // LiteLLM looks these up by itself when a deployment names no key.
    return prefix === 'bedrock' || prefix === 'vertex_ai' || prefix.includes('llm') || prefix.startsWith('ollama')
      ? { kind: 'none' }
      : { kind: 'variable', name: `${prefix.toUpperCase()}_API_KEY` };
  }
  const [, name] = /^os\.environ\/([A-Za-z_][A-Za-z0-9_]*)$/.exec(text) ?? [];
  return name === undefined ? { kind: 'clear', value: text } : { kind: 'variable', name };
}

function readFacts(info: Section): Pick<Deployment, 'contextWindow' | 'maxOutputTokens' | 'capabilities'> {
  const most = info.number('max_tokens');
  const contextWindow = info.number('max_input_tokens') ?? most;
  const maxOutputTokens = info.number('max_output_tokens');
  const said = Object.entries(CAPABILITIES).flatMap(([key, capability]) => {
    const flag = info.flag(key);
    return flag === undefined ? [] : [{ capability, flag }];
  });
  return {
    ...(contextWindow && contextWindow >= 1 ? { contextWindow: Math.round(contextWindow) } : {}),
    ...(maxOutputTokens && maxOutputTokens >= 1 ? { maxOutputTokens: Math.round(maxOutputTokens) } : {}),
    ...(said.length > 0 ? { capabilities: said.filter(({ flag }) => flag).map(({ capability }) => capability) } : {}),
  };
}

/** Prices that stand in the file, or those our catalogue has for the `base_model` behind a deployment's own name. */
function readPrices(places: readonly Section[], { provider, upstreamModel }: NamedModel, baseModel: string | undefined): Pick<Deployment, 'prices'> {
  const found: Partial<Record<keyof PricesEntry, string>> = {};
  for (const [theirs, ours] of Object.entries(RATES)) {
    const text = places.map((place) => place.text(theirs)).find((value) => value !== undefined);
    const amount = text === undefined ? null : shiftDecimal(text, 6);
    if (amount !== null) found[ours] = amount;
  }
  for (const [theirs, ours] of [
    ['input_cost_per_second', 'second'],
    ['input_cost_per_request', 'request'],
    ['output_cost_per_image', 'image'],
  ] as const) {
    const text = places.map((place) => place.text(theirs)).find((value) => value !== undefined);
    if (text !== undefined) found[ours] = shiftDecimal(text, 0) ?? '0';
  }
  const perCharacter = places.map((place) => place.text('input_cost_per_character')).find((value) => value !== undefined);
  if (perCharacter !== undefined) found.character = multiplyDecimals(shiftDecimal(perCharacter, 0) ?? '0', '1000000') ?? '0';
  if (Object.keys(found).length > 0) return { prices: { currency: 'USD', input: '0', output: '0', ...found } as PricesEntry };

  const name = baseModel?.split('/').at(-1);
  if (name === undefined || name === upstreamModel) return {};
  const card = findCatalogueModel(provider.adapter, name)?.cards[0];
  return card && card.currency === 'USD' ? { prices: { currency: 'USD', ...card.rates } } : {};
}

/** Seconds of the other gateway as whole milliseconds. */
function ms<K extends string>(key: K, seconds: number | undefined): { [P in K]?: number } {
  return seconds === undefined || seconds <= 0 ? {} : ({ [key]: Math.max(1, Math.round(seconds * 1_000)) } as { [P in K]?: number });
}
