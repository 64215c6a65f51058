import { PRESET_PREFIX } from '@/lib/kernel/preset';
import type { CompiledPreset } from '@/lib/policy';
import type { JsonObject, Surface, WireCall } from '@/lib/wire/call';
import type { GatewayDeps } from './deps';
import type { Identified } from './types';

/** A call by a preset, as if the client had written all of it. */
export interface AppliedPreset {
  /** Such as `support@3`. */
  name: string;
  /** The alias or model that is called. */
  model: string;
  call: WireCall;
}

/** Puts a preset into a call that names one; null where it names none, or one that the organization does not have. */
export async function applyPreset(deps: Pick<GatewayDeps, 'policy'>, { caller }: Pick<Identified, 'caller'>, call: WireCall): Promise<AppliedPreset | null> {
  const asked = call.body.model;
  if (typeof asked !== 'string' || !asked.startsWith(PRESET_PREFIX)) return null;
  const named = /^([a-z0-9-]{1,64})(?:@([1-9]\d{0,8}))?$/.exec(asked.slice(PRESET_PREFIX.length));
  const preset = named && (await deps.policy.preset(caller.org.id, named[1] as string, named[2] === undefined ? null : Number(named[2])));
  if (!preset) return null;
  return { name: `${preset.slug}@${preset.version}`, model: preset.model, call: { ...call, body: withPreset(call.surface, call.body, preset) } };
}

/** The body with what the preset sets: its prompt before everything else, its parameters where the client set none. */
function withPreset(surface: Surface, body: Readonly<JsonObject>, { model, system, fields }: CompiledPreset): JsonObject {
  const { tools, response_format: format, max_tokens: limit, ...sampling } = fields;
  switch (surface) {
    case 'chat': {
      const messages = Array.isArray(body.messages) ? body.messages : [];
      const ownLimit = body.max_tokens ?? body.max_completion_tokens;
      return merged({ ...sampling, tools, response_format: format, ...(ownLimit == null ? { max_tokens: limit } : null) }, body, {
        model,
        ...(system === '' ? null : { messages: [{ role: 'system', content: system }, ...messages] }),
      });
    }
    case 'responses':
      return merged({ ...sampling, tools: tools?.map(flatTool), max_output_tokens: limit, ...(format ? { text: { format } } : null) }, body, {
        model,
        ...(system === ''
          ? null
          : { instructions: typeof body.instructions === 'string' && body.instructions !== '' ? `${system}\n\n${body.instructions}` : system }),
      });
    case 'messages':
      return merged({ ...sampling, tools: tools?.map(messagesTool) }, body, { model, ...(system === '' ? null : { system: before(system, body.system) }) });
    case 'completions':
      return merged({ ...sampling, max_tokens: limit }, body, {
        model,
        ...(system === '' || typeof body.prompt !== 'string' ? null : { prompt: `${system}\n\n${body.prompt}` }),
      });
    default:
      return { ...body, model };
  }
}

function merged(defaults: JsonObject, body: Readonly<JsonObject>, forced: JsonObject): JsonObject {
  const result: JsonObject = { ...body, ...forced };
  for (const [field, value] of Object.entries(defaults)) if (value !== undefined) result[field] ??= value;
  return result;
}

/** The system prompt of a Messages call is a text or a list of blocks. */
function before(system: string, own: unknown): unknown {
  if (Array.isArray(own)) return [{ type: 'text', text: system }, ...own];
  return typeof own === 'string' && own !== '' ? `${system}\n\n${own}` : system;
}

function functionOf(tool: unknown): JsonObject | null {
  const { type, function: described } = (tool ?? {}) as { type?: unknown; function?: unknown };
  return type === 'function' && typeof described === 'object' && described !== null ? (described as JsonObject) : null;
}

/** A tool of a chat call as a Responses call writes it. */
function flatTool(tool: unknown): unknown {
  const described = functionOf(tool);
  return described ? { type: 'function', ...described } : tool;
}

function messagesTool(tool: unknown): unknown {
  const described = functionOf(tool);
  if (!described) return tool;
  const { name, description, parameters } = described;
  return { name, ...(description === undefined ? null : { description }), input_schema: parameters ?? { type: 'object', properties: {} } };
}
