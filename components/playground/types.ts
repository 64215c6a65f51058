import type { ActionResult } from '@/lib/http/action';
import type { LentKey } from '@/lib/services/playground/lend-key';
import type { PresetView, SavePresetInput } from '@/lib/services/presets/presets';

export type Lend = (org: string, input: Record<string, never>) => Promise<ActionResult<LentKey>>;

export type SavePreset = (org: string, input: SavePresetInput) => Promise<ActionResult<PresetView>>;

/** What all columns share. Texts as typed; `buildBody` reads them. */
export interface Settings {
  system: string;
  temperature: string;
  topP: string;
  maxTokens: string;
  tools: string;
  json: boolean;
}

export const NO_SETTINGS: Settings = { system: '', temperature: '', topP: '', maxTokens: '', tools: '', json: false };

export interface ToolCall {
  id: string;
  name: string;
  arguments: string;
}

/** One question with its answer by one model. */
export interface Turn {
  id: number;
  question: string;
  /** Data URLs. */
  images: string[];
  answer: Answer;
}

export interface Answer {
  state: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';
  text: string;
  reasoning: string;
  toolCalls: ToolCall[];
  requestId: string | null;
  /** The model that answered, where an alias was called. */
  model: string | null;
  costUsd: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  firstTokenMs: number | null;
  totalMs: number | null;
  finishReason: string | null;
  error: { status: number; code: string | null; message: string } | null;
}

export const NO_ANSWER: Answer = {
  state: 'waiting',
  text: '',
  reasoning: '',
  toolCalls: [],
  requestId: null,
  model: null,
  costUsd: null,
  inputTokens: null,
  outputTokens: null,
  firstTokenMs: null,
  totalMs: null,
  finishReason: null,
  error: null,
};

export interface Column {
  id: number;
  model: string;
  turns: Turn[];
}
