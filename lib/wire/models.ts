import { formatUsd } from '@/lib/kernel/money';

/** One line of a model list: an alias, or a model called by its own id. */
export interface ModelFacts {
  id: string;
  name: string;
  ownedBy: string;
  createdAtS: number;
  kind: string;
  contextWindow: number | null;
  maxOutputTokens: number | null;
  capabilities: readonly string[];
  /** Nano-USD per million tokens; null when the model has no price. */
  inputRate: bigint | null;
  outputRate: bigint | null;
}

/** `GET /v1/models/{id}` in OpenAI's shape, with what a client needs to choose. */
export function openAiModel(facts: ModelFacts) {
  return {
    id: facts.id,
    object: 'model',
    created: facts.createdAtS,
    owned_by: facts.ownedBy,
    name: facts.name,
    kind: facts.kind,
    context_window: facts.contextWindow,
    max_output_tokens: facts.maxOutputTokens,
    capabilities: facts.capabilities,
    pricing:
      facts.inputRate === null || facts.outputRate === null
        ? null
        : { input_usd_per_million: formatUsd(facts.inputRate), output_usd_per_million: formatUsd(facts.outputRate) },
  } as const;
}

/** `GET /v1/models` in OpenAI's shape. */
export function openAiModelList(entries: readonly ModelFacts[]) {
  return { object: 'list', data: entries.map(openAiModel) } as const;
}

/** One model in Anthropic's shape, for requests that carry `anthropic-version`. */
export function anthropicModel({ id, name, createdAtS }: ModelFacts) {
  return { type: 'model', id, display_name: name, created_at: new Date(createdAtS * 1000).toISOString() } as const;
}

export interface AnthropicPage {
  limit?: number;
  afterId?: string;
  beforeId?: string;
}

const ANTHROPIC_MAX_LIMIT = 1000;

/** Anthropic pages its list by id: `limit`, `after_id`, `before_id`. Without a limit the page holds as many as the largest. */
export function anthropicModelList(entries: readonly ModelFacts[], { limit = ANTHROPIC_MAX_LIMIT, afterId, beforeId }: AnthropicPage = {}) {
  const size = Math.min(Math.max(1, Math.floor(limit)), ANTHROPIC_MAX_LIMIT);
  const before = beforeId === undefined ? -1 : entries.findIndex((entry) => entry.id === beforeId);
  const after = afterId === undefined ? -1 : entries.findIndex((entry) => entry.id === afterId);
  const start = before === -1 ? after + 1 : Math.max(0, before - size);
  const data = entries.slice(start, before === -1 ? start + size : before).map(anthropicModel);
  const hasMore = before === -1 ? start + size < entries.length : start > 0;
  return { data, has_more: hasMore, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
}
