import { isObject, type JsonObject } from './call';

/** What the price card of the target can bound, beyond tokens in and out. */
export interface CardCover {
  /** The card prices cache writes that live an hour or longer. */
  cacheWrite1h?: boolean;
}

interface CostRule {
  field: string;
  /** The part of the field that nobody can bound from the card, as the `param` of a refusal, or null. */
  unbounded(value: unknown, cover: CardCover): string | null;
}

/** Tiers with the card's own price. Any other tier, dearer or cheaper, has a price that the card does not know. */
const STANDARD_TIERS = new Set<unknown>(['auto', 'default', 'standard', 'standard_only', 'on_demand']);

/** Tools that the caller runs itself; everything else runs at the provider and has a price of its own. */
const CALLER_TOOLS = new Set<unknown>(['function', 'custom']);

/**
 * Every request field known to change the price of a call or to add a cost beside its tokens. Fields that only
 * multiply tokens (`n`, `best_of`, `prediction`) are absent: `boundOutput` counts them.
 */
const RULES: readonly CostRule[] = [
  { field: 'service_tier', unbounded: (value) => (STANDARD_TIERS.has(value) ? null : 'service_tier') },
  { field: 'tools', unbounded: hostedTool },
  { field: 'web_search_options', unbounded: present('web_search_options') },
  { field: 'search_parameters', unbounded: present('search_parameters') },
  { field: 'enable_search', unbounded: (value) => (value === false ? null : 'enable_search') },
  { field: 'plugins', unbounded: (value) => (Array.isArray(value) && value.length === 0 ? null : 'plugins') },
  { field: 'modalities', unbounded: (value) => (Array.isArray(value) && value.every((mode) => mode === 'text') ? null : 'modalities') },
  { field: 'audio', unbounded: present('audio') },
  { field: 'background', unbounded: (value) => (value === false ? null : 'background') },
  { field: 'store', unbounded: (value) => (value === false ? null : 'store') },
  {
    field: 'prompt_cache_retention',
    unbounded: (value, cover) => (value === 'in_memory' || value === 'in-memory' || cover.cacheWrite1h ? null : 'prompt_cache_retention'),
  },
  { field: 'messages', unbounded: longCache },
];

/** The first field whose cost the card cannot bound, for `unsupported_parameter` under a dollar limit; null when there is none. */
export function findUnboundedCostField(body: Readonly<JsonObject>, cover: CardCover = {}): { param: string } | null {
  for (const rule of RULES) {
    const value = body[rule.field];
    if (value === undefined || value === null) continue;
    const param = rule.unbounded(value, cover);
    if (param !== null) return { param };
  }
  return null;
}

function present(field: string): () => string {
  return () => field;
}

function hostedTool(tools: unknown): string | null {
  if (!Array.isArray(tools)) return null;
  const at = tools.findIndex((tool: unknown) => isObject(tool) && (tool.type === undefined ? isHostedByName(tool) : !CALLER_TOOLS.has(tool.type)));
  return at === -1 ? null : (tools[at] as JsonObject).type === undefined ? `tools[${at}]` : `tools[${at}].type`;
}

/** Gemini names a hosted tool by its only field (`{ "google_search": {} }`); what the caller runs has a name or is a function. */
function isHostedByName(tool: JsonObject): boolean {
  return tool.function === undefined && tool.name === undefined;
}

/** Content parts may ask for a cache that lives an hour, which costs more to write. */
function longCache(messages: unknown, cover: CardCover): string | null {
  if (cover.cacheWrite1h || !Array.isArray(messages)) return null;
  for (let i = 0; i < messages.length; i++) {
    const content: unknown = (messages[i] as JsonObject | null)?.content;
    if (!Array.isArray(content)) continue;
    for (let j = 0; j < content.length; j++) {
      const part: unknown = content[j];
      const control = isObject(part) ? part.cache_control : undefined;
      if (isObject(control) && control.ttl !== undefined && control.ttl !== '5m') return `messages[${i}].content[${j}].cache_control.ttl`;
    }
  }
  return null;
}
